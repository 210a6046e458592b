import type { Decoded } from '../../yaml/decode.ts'
import type { Diagnostic } from '../../yaml/diagnostic.ts'
import { limits, shownCount } from '../../yaml/limits.ts'
import type { ReadRule } from '../read/rule.ts'

/** Counts how much of a folder has been read, and rejects files beyond the limits. */
export class FolderLimits {
  #yaml = 0
  #lines = 0
  #rules = 0
  #tests = 0

  /** The file as is, or without its text and with an error if there is no room for it. */
  admit(decoded: Decoded): Decoded {
    const { file, text } = decoded.source
    this.#lines += linesIn(text)
    if (!file.endsWith('.txt')) this.#yaml += text.length
    if (this.#lines > limits.lines) return refused(file, `the folder has more than ${shownCount(limits.lines)} lines`)
    if (this.#yaml <= limits.yaml) return decoded
    return refused(file, `the rule files of the folder have more than ${limits.yaml / 1024 / 1024} MiB`)
  }

  /** The error if the rules of a file, together with those before, exceed the limits. */
  admitRules(file: string, rules: readonly ReadRule[]): Diagnostic | undefined {
    this.#rules += rules.length
    this.#tests += rules.reduce((sum, { tests }) => sum + tests, 0)
    if (this.#rules > limits.rules) return tooLarge(file, `the folder has more than ${shownCount(limits.rules)} rules`)
    if (this.#tests <= limits.tests) return undefined
    const all = `more than ${shownCount(limits.tests)} tests when every "use" is expanded`
    return tooLarge(file, `the rules of the folder have ${all}`)
  }

  /** The error if the conditions of counters, together with those before, exceed the limits. */
  admitTests(file: string, tests: number): Diagnostic | undefined {
    this.#tests += tests
    if (this.#tests <= limits.tests) return undefined
    return tooLarge(file, `the counters of the folder have more than ${shownCount(limits.tests)} tests`)
  }
}

function linesIn(text: string): number {
  let lines = 1
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines++
  return lines
}

function refused(file: string, reason: string): Decoded {
  return { source: { file, text: '' }, diagnostics: [tooLarge(file, reason)] }
}

function tooLarge(file: string, reason: string): Diagnostic {
  const said = { message: `With this file, ${reason}`, hint: 'Remove what is not needed' }
  return { severity: 'error', code: 'too-large', ...said, span: { file, start: 0, end: 0 } }
}
