import { createHash } from 'node:crypto'
import type { Condition, List } from '../language/condition.ts'
import type { Rule } from '../language/rule.ts'
import { writtenMeaning } from '../language/written.ts'
import type { Steps } from '../yaml/steps.ts'

/**
 * What decides for which calls a rule fires, as a hash: its callbacks, conditions and dates, and what is in the lists
 * that they name. The same in every process; not its mode, its order or what it says.
 */
export function* rulePrint(rule: Rule): Steps<string> {
  const known = prints.get(rule)
  if (known !== undefined) return known
  const { callbacks, when, unless, ifUnsure, from, until } = rule
  const lists: string[] = []
  for (const list of new Set([when, ...(unless ? [unless] : [])].flatMap(listsUsed))) lists.push(yield* listPrint(list))
  const made = hashOf([
    callbacks.map(({ command }) => command).sort(),
    [when, unless].map(condition => (condition === undefined ? null : writtenMeaning(condition))),
    [ifUnsure, from ?? null, until ?? null],
    lists.sort(),
  ])
  prints.set(rule, made)
  return made
}

const prints = new WeakMap<Rule, string>()
const listPrints = new WeakMap<List, string>()

/** How many entries are hashed between two pauses. */
const entriesInPiece = 1_000

function* listPrint(list: List): Steps<string> {
  const known = listPrints.get(list)
  if (known !== undefined) return known
  const hash = createHash('sha256')
  for (const texts of [list.texts, list.except?.texts ?? []]) {
    hash.update(`${texts.length}\n`)
    for (let at = 0; at < texts.length; at += entriesInPiece) {
      hash.update(JSON.stringify(texts.slice(at, at + entriesInPiece)))
      yield
    }
  }
  const made = hash.digest('hex').slice(0, 16)
  listPrints.set(list, made)
  return made
}

function listsUsed(condition: Condition): readonly List[] {
  switch (condition.kind) {
    case 'time':
      return []
    case 'since':
      return condition.counter.when === undefined ? [] : listsUsed(condition.counter.when)
    case 'often': {
      const { of } = condition
      return of.kind === 'rule' || of.counter.when === undefined ? [] : listsUsed(of.counter.when)
    }
    case 'not':
    case 'use':
      return listsUsed(condition.part)
    case 'all':
    case 'any':
    case 'none':
      return condition.parts.flatMap(listsUsed)
    case 'test': {
      const { operand } = condition
      if (operand.kind === 'item') return listsUsed(operand.item)
      return 'list' in operand && operand.list !== undefined ? [operand.list] : []
    }
  }
}

function hashOf(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}
