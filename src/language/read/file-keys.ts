import { columnOf } from '../../yaml/columns.ts'
import type { Edit } from '../../yaml/diagnostic.ts'
import { type Advice, replacing } from '../../yaml/fix.ts'
import { indented, withoutDashes } from '../../yaml/layout.ts'
import type { Entry, ListNode, MapNode, Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import { isOfCondition } from '../advice/meant-outcome.ts'
import { keys } from '../vocabulary.ts'
import type { MappingForm, Misplaced } from './mapping.ts'

/** The keys of a rule file, and where misplaced keys at its top belong. `text` is that of the file. */
export function fileForm(text: string): MappingForm {
  return {
    place: 'a rule file',
    keys: keys.file,
    example: 'callback: beforeSetGroupMemberInfo',
    misplaced: (entry, all) => conditionsMeant(entry) ?? lostIndent(entry, all, text),
  }
}

/** Whether a key at the top of a file is a key of a rule. */
export function isLost({ key }: Entry): boolean {
  return key !== 'rule' && isOfRule(key) && !keys.file.some(other => other === key)
}

function isOfRule(key: string): boolean {
  return keys.rule.some(other => other === key)
}

/** `condition:` used for named conditions: they belong under "conditions". */
function conditionsMeant({ key, keySpan, value }: Entry): Misplaced | undefined {
  if (key !== 'condition' || value.kind !== 'map' || value.entries.some(each => isOfCondition(each.key)))
    return undefined
  return { hint: 'Write conditions', meant: 'conditions', fixes: [replacing(keySpan, 'conditions')] }
}

/** A line of a rule that is indented too little, and those beside it: keys that a file also has belong with it. */
function lostIndent(entry: Entry, all: readonly Entry[], text: string): Misplaced | undefined {
  if (!isLost(entry)) return undefined
  const rules = all.find(({ key }) => key === 'rules')
  const last = rules?.value.kind === 'list' ? rules.value.items.at(-1) : undefined
  const after = all.slice(all.indexOf(rules as Entry) + 1)
  const lost = after.filter(({ key }) => isOfRule(key))
  const isOfLast = last?.kind === 'map' && lost.every(({ key }) => !last.entries.some(other => other.key === key))
  if (!isOfLast || !lost.includes(entry))
    return { hint: `"${entry.key}" belongs to a rule: indent it to the level of "rule"` }
  const names = lost.map(({ key }) => `"${key}"`)
  const hint =
    names.length === 1
      ? `${names[0]} belongs to a rule: indent it to the level of "rule"`
      : `${names.join(' and ')} belong to the rule above: indent them to the level of "rule"`
  const [first] = last.entries
  const by = first === undefined ? 0 : columnOf(text, first.keySpan.start)
  const edits = lost.flatMap(each => indented(each, by, text))
  return { hint, meant: 'rules', fixes: [{ label: 'Indent them to the level of "rule"', edits }] }
}

/**
 * Reports a file that starts with a dash: a dash before each key, rules without "rules", or a list in the wrong file.
 */
export function refuseDashes(root: ListNode, text: string, reporter: Reporter): undefined {
  const { span, items } = root
  const place = { ...span, end: span.start + 1 }
  const isEachKey = items.every(item => item.kind === 'map' && item.entries.every(({ key }) => isOfFile(key)))
  if (isEachKey && items.some(item => item.kind === 'map' && item.entries.some(({ key }) => key === 'rules'))) {
    const hint = 'Delete these dashes, and move the lines under them to the left'
    const fixes = [{ label: hint, edits: withoutDashes(items, text) }]
    reporter.error('wrong-shape', place, 'The keys of a rule file take no dash', { hint, fixes })
    return undefined
  }
  const isList = span.file.startsWith('lists/')
  const hint = isList
    ? 'Write the entries one per line, without dashes, in a .txt file'
    : 'Write rules: above the first dash, and indent the lines below it'
  const isBlock = text[span.start] === '-' && columnOf(text, span.start) === 0
  const isWhole = items.every(item => item.kind === 'map' && ['rule', 'callback'].every(key => hasKey(item, key)))
  const above = replacing({ ...span, end: span.start }, 'rules:\n', 'Write rules: above the first dash')
  const fixes = isBlock && isWhole ? [above] : []
  reporter.error('wrong-shape', place, 'A rule file starts with a key, not with a dash', { hint, fixes })
  return undefined
}

function isOfFile(key: string): boolean {
  return keys.file.some(other => other === key)
}

function hasKey({ entries }: MapNode, wanted: string): boolean {
  return entries.some(({ key }) => key === wanted)
}

/** The name of a rule outside a list. */
export function loneRule(root: Node): Entry | undefined {
  if (root.kind !== 'map' || root.entries.some(({ key }) => key === 'rules')) return undefined
  return root.entries.find(({ key, value }) => key === 'rule' && value.kind !== 'list')
}

/** Reports a rule outside a list. */
export function refuseLone(lone: Entry, { entries }: MapNode, text: string, reporter: Reporter): undefined {
  const hint = 'Write rules: above it, start it with a dash, and indent its other lines'
  const own = entries.slice(entries.indexOf(lone))
  const isMovable = columnOf(text, lone.keySpan.start) === 0 && own.every(({ key }) => isOfRule(key))
  const { file, start } = lone.keySpan
  const edits: Edit[] = [
    { span: { file, start, end: start }, text: 'rules:\n  - ' },
    ...own.slice(1).flatMap(entry => indented(entry, 4, text)),
  ]
  const fixes = isMovable ? [{ label: hint, edits }] : []
  const message = 'This rule is not in the list under "rules"'
  reporter.error('wrong-shape', lone.keySpan, message, { hint, fixes })
  return undefined
}

/** Advice if "rules" contains keys: one rule without its dash, or rules named by keys. */
export function rulesAdvice(section: Node, text: string): Advice {
  const entries = section.kind === 'map' ? section.entries : []
  const [first] = entries
  const name = first?.value.kind === 'map' ? `${first.key}, with its other lines below` : '…'
  const hint = `Start each rule with a dash: - rule: ${name}`
  const isRule = first?.key === 'rule' && entries.every(({ key }) => isOfRule(key))
  if (first === undefined || !isRule || text[section.span.start] === '{') return { hint }
  const { file, start } = first.keySpan
  const edits: Edit[] = [
    { span: { file, start, end: start }, text: '- ' },
    ...entries.slice(1).flatMap(entry => indented(entry, 2, text)),
  ]
  return { hint, fixes: [{ label: 'Start the rule with a dash', edits }] }
}
