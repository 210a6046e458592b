import { type Advice, replacing, write } from '../../yaml/fix.ts'
import type { Node, ScalarNode } from '../../yaml/node.ts'
import { inYaml } from '../../yaml/quoted.ts'
import { entriesMeant, inBrackets } from '../advice/meant-list.ts'
import type { List } from '../condition.ts'
import { lookUp, type Scope } from './scope.ts'
import { asText, inBraces } from './shape.ts'

/** Whether the entries of a list are texts, so that numbers need quotes. */
type Entries = { areTexts: boolean }

/** The list that a name stands for; undefined if invalid (reported). */
export function readList(node: Node, scope: Scope, { areTexts }: Entries): List | undefined {
  if (node.kind === 'scalar' && typeof node.value !== 'string') return refuseNumber(node, scope, areTexts)
  const name = asText(node, 'the name of a list', scope.reporter, 'Write a name from "lists", or [a, b]')
  if (name === undefined) return undefined
  const { lists } = scope.names
  const bare = name.replace(/^lists\//, '').replace(/\.(?:txt|yaml)$/, '')
  if (bare !== name && lists.has(bare)) {
    const advice = {
      hint: `Write ${bare}: a list name has no file ending`,
      fixes: [replacing(node.span, inYaml(bare))],
    }
    scope.reporter.error('unknown-list', node.span, `There is no list "${name}"`, advice)
    return undefined
  }
  const entries = lists.has(name) || scope.names.isUncertain('list', name) ? undefined : entriesMeant(name)
  if (entries !== undefined) {
    const areLists = entries.every(entry => lists.has(entry))
    const one = 'Only one list fits here: write any: with a condition for each list'
    const advice = areLists ? { hint: one } : write(node.span, inBrackets(entries, areTexts))
    scope.reporter.error('unknown-list', node.span, `There is no list "${name}"`, advice)
    return undefined
  }
  return lookUp(lists, name, node.span, scope, unknownList(node, { name, bare, areTexts }))
}

type Unknown = Entries & { name: string; bare: string }

function unknownList(node: Node, { name, bare, areTexts }: Unknown): Parameters<typeof lookUp>[4] {
  const entries = node.kind === 'scalar' ? `[${inBraces(node)}, …]` : '[…]'
  const advice = `Or write the entries here, ${entries}, or one per line in lists/${bare}.txt`
  const words = name.split(/\s+/)
  const lists = [[name], ...(words.length > 1 ? [words] : [])].map(each => inBrackets(each, areTexts))
  const fixes = lists.map(text => replacing(node.span, text))
  return { code: 'unknown-list', noun: 'list', title: 'Lists', advice, fixes }
}

/** Reports a number or a truth value, which cannot be a list name. */
function refuseNumber({ value, raw, span }: ScalarNode, scope: Scope, areTexts: boolean): undefined {
  const message = `Expected a list or a list name, got ${raw}`
  const code = value === null ? 'wrong-value' : typeof value === 'number' ? 'unquoted-number' : 'unquoted-truth'
  const entry = `[${areTexts ? `"${raw}"` : raw}]`
  const advice: Advice =
    value === null
      ? { hint: 'Write [a, b], or a list name' }
      : { hint: `Write ${entry}, or a list name`, fixes: [replacing(span, entry)] }
  scope.reporter.error(code, span, message, advice)
  return undefined
}
