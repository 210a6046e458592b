import { callbacks as allCallbacks } from '../callbacks/catalogue.ts'
import type { Condition, List } from './condition.ts'
import type { Node } from './node.ts'
import { readCondition } from './read-condition.ts'
import type { FileContext } from './read-rule.ts'
import { Findings, type Reporter } from './reporter.ts'
import { lookUp, type NamedCode, type Names, type Scope } from './scope.ts'
import type { Span } from './source.ts'

/** A condition by name as its file has it; what it means depends on the callbacks of who uses it. */
export type ConditionSource = { node: Node; file: FileContext }

/** A `use:` and where it stands. */
type Use = { name: string; span: Span }

/**
 * The names of one folder while it is read.
 *
 * Conditions are read once for each set of callbacks, and checked once by themselves: their author is told of a
 * mistake where it is, and a rule that uses a condition only of what does not fit there.
 */
export class FolderNames implements Names {
  readonly lists = new Map<string, List | undefined>()
  readonly codes = new Map<string, NamedCode | undefined>()
  readonly sources = new Map<string, ConditionSource | undefined>()
  readonly #unreadable: string[] = []
  readonly #read = new Map<string, Condition | undefined>()
  readonly #wrong = new Set<string>()

  /** Remember the text of a file that cannot be read: it may define any name that is in it. */
  addUnreadable(text: string): void {
    this.#unreadable.push(text)
  }

  isUncertain(name: string): boolean {
    return this.#unreadable.some(text => text.includes(name))
  }

  condition(name: string, span: Span, scope: Scope): Condition | undefined {
    const unknown = { code: 'unknown-condition', noun: 'condition', title: 'Conditions' } as const
    const source = lookUp(this.sources, name, span, scope, unknown)
    if (source === undefined || this.#wrong.has(name)) return undefined
    const key = JSON.stringify([name, ...scope.callbacks.map(callback => callback.name)])
    if (this.#read.has(key)) return this.#read.get(key)
    const findings = new Findings()
    const condition = readCondition(source.node, {
      ...source.file.scope,
      callbacks: scope.callbacks,
      reporter: findings,
    })
    const [first] = findings.diagnostics
    if (condition === undefined && first !== undefined) {
      scope.reporter.error(first.code, span, `The condition "${name}" does not fit here: ${first.message}`, first.hint)
    } else {
      this.#read.set(key, condition)
    }
    return condition
  }

  /** Check every condition by itself; afterwards those that are wrong stay silent wherever they are used. */
  checkConditions(reporter: Reporter): void {
    this.#checkCircles(reporter)
    for (const [name, source] of this.sources) {
      if (source !== undefined && !this.#wrong.has(name)) this.#checkAlone(name, source, reporter)
    }
  }

  /** A condition is right when it can be read for one of its file's callbacks, or for any where it names none. */
  #checkAlone(name: string, { node, file }: ConditionSource, reporter: Reporter): void {
    const candidates = file.callbacks ?? allCallbacks
    let fewest: Findings | undefined
    for (const callback of candidates) {
      const findings = new Findings()
      readCondition(node, { ...file.scope, callbacks: [callback], reporter: findings })
      if (findings.diagnostics.length === 0) return
      if (fewest === undefined || findings.diagnostics.length < fewest.diagnostics.length) fewest = findings
    }
    this.#wrong.add(name)
    for (const { code, span, message, hint } of fewest?.diagnostics ?? []) reporter.error(code, span, message, hint)
  }

  #checkCircles(reporter: Reporter): void {
    const uses = new Map(
      [...this.sources].map(([name, source]) => [name, source === undefined ? [] : usesIn(source.node)]),
    )
    const done = new Set<string>()
    const walk = (name: string, path: readonly string[]): void => {
      if (done.has(name)) return
      for (const use of uses.get(name) ?? []) {
        const from = [...path, name].indexOf(use.name)
        if (from === -1) walk(use.name, [...path, name])
        else this.#reportCircle(use, [...path, name].slice(from), reporter)
      }
      done.add(name)
    }
    for (const name of uses.keys()) walk(name, [])
  }

  #reportCircle(use: Use, circle: readonly string[], reporter: Reporter): void {
    for (const name of circle) this.#wrong.add(name)
    const message = `The condition "${use.name}" is used to say what it means itself: ${[...circle, use.name].join(' → ')}`
    reporter.error('condition-circle', use.span, message, 'Take one of them out of the circle')
  }
}

/** Every `use:` in a condition. */
function usesIn(node: Node): Use[] {
  if (node.kind === 'list') return node.items.flatMap(usesIn)
  if (node.kind !== 'map') return []
  return node.entries.flatMap(({ key, value }) => {
    const isUse = key === 'use' && value.kind === 'scalar' && typeof value.value === 'string'
    return isUse ? [{ name: value.value as string, span: value.span }] : usesIn(value)
  })
}
