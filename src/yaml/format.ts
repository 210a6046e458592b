import { Document, isMap, isSeq, Lexer, parseDocument, visit, YAMLSeq } from 'yaml'
import type { Node } from './node.ts'
import { parseYaml } from './parse.ts'
import { openLong, putBack, spell } from './spelling.ts'

/**
 * The text of a rule file in a standard layout: two spaces per level, double quotes where any are needed, comments
 * kept. Lines end like the first one.
 *
 * Undefined if the file has errors that make it unreadable, or if its meaning would change.
 */
export function format(text: string): string | undefined {
  let formatted = text
  // Comments beside former brackets settle in a second pass.
  for (let times = 0; times < mostTimes; times += 1) {
    const next =
      parseYaml({ file: '', text: formatted }).root === null ? undefined : written(parse(formatted), formatted)
    if (next === undefined || next === formatted) return next
    formatted = next
  }
  return formatted
}

const mostTimes = 4

/** A case to add to a rule's tests: plain values, as they will appear in YAML. */
export type NewCase = {
  callback?: string
  after?: readonly Record<string, unknown>[]
  given: Record<string, unknown>
  at?: string
  expect: unknown
}

/** The text of a rule file with a case added to the tests of a rule; undefined if it has no such rule. */
export function addCase(text: string, ruleId: string, added: NewCase): string | undefined {
  const document = parse(text)
  const rules = document.get('rules')
  const rule = isSeq(rules) ? rules.items.find(item => isMap(item) && item.get('rule') === ruleId) : undefined
  if (!isMap(rule)) return undefined
  const node = document.createNode(added, { flow: true })
  const known = rule.get('tests')
  const tests = isSeq(known) ? known : new YAMLSeq(document.schema)
  if (tests !== known) rule.set('tests', tests)
  // One case per line, even if the rule or its tests were all on one.
  rule.flow = false
  tests.flow = false
  tests.add(node)
  return stringify(document, text)
}

/** The text of a rule file with a rule after its others; undefined if it cannot have rules. */
export function addRule(text: string, added: Readonly<Record<string, unknown>>): string | undefined {
  const document = parse(text)
  if (!isMap(document.contents)) return undefined
  const known = document.get('rules')
  const rules = isSeq(known) ? known : new YAMLSeq(document.schema)
  if (rules !== known) document.set('rules', rules)
  const rule = document.createNode(added)
  if (isMap(rule)) {
    for (const { value } of rule.items) if (isMap(value)) value.flow = true
    rule.spaceBefore = rules.items.length > 0
  }
  rules.flow = false
  rules.add(rule)
  return stringify(document, text)
}

/** A case as it can be written on one line inside the brackets of `tests`. */
export function caseText(added: NewCase): string {
  const document = new Document(null, { version: '1.2', schema: 'core' })
  document.contents = document.createNode(added, { flow: true })
  const kept = spell(document, '')
  // Line breaks in a text are written as \n.
  visit(document, {
    Scalar: (_, scalar) => {
      if (typeof scalar.value === 'string' && scalar.value.includes('\n')) scalar.type = 'QUOTE_DOUBLE'
    },
  })
  const onOneLine = { lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER }
  return putBack(closeBrackets(document.toString(onOneLine)), kept).trim()
}

function parse(text: string): Document.Parsed {
  return parseDocument(text, { version: '1.2', schema: 'core', uniqueKeys: false, logLevel: 'silent' })
}

function written(document: Document.Parsed, before: string): string | undefined {
  const text = stringify(document, before)
  const [was, is] = [before, text].map(each => meaning(parseYaml({ file: '', text: each }).root))
  return was === is ? text : undefined
}

function stringify(document: Document.Parsed, before: string): string {
  openLong(document, before)
  const kept = spell(document, before)
  const text = closeBrackets(document.toString({ indent: 2, lineWidth: 120, minContentWidth: 60 }))
  const spelt = putBack(text, kept)
  return /^[^\n]*\r\n/.test(before) ? spelt.replaceAll('\n', '\r\n') : spelt
}

/** `[ a, b ]` as `[a, b]`: the library pads lists as it pads mappings. */
function closeBrackets(text: string): string {
  const lexemes = [...new Lexer().lex(text)].filter(lexeme => !marks.has(lexeme))
  return lexemes.filter((lexeme, at) => lexeme !== ' ' || (lexemes[at - 1] !== '[' && lexemes[at + 1] !== ']')).join('')
}

/** Markers that the lexer puts between the pieces of a text. */
const marks = new Set(['\u0002', '\u0018', '\u001f'])

/** A file's tree without its places: equal for files with the same meaning. */
function meaning(node: Node | null): string {
  return JSON.stringify(node, (key, value) =>
    key === 'span' || key === 'keySpan' || key === 'raw' ? undefined : value,
  )
}
