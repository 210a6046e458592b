import type { CompiledRule } from '../compile/ruleset.ts'
import type { FieldRef } from '../language/field.ts'
import type { RewriteStep } from '../language/rule.ts'
import type { Diagnostic } from '../yaml/diagnostic.ts'
import { type Examined, warning } from './finding.ts'

/** Fields written as other systems write them, which users would read as they are: one warning for each text. */
export function foreignPlaceholders({ rule }: Examined): Diagnostic[] {
  const { outcome, callbacks, span } = rule.rule
  const fields = new Map(callbacks.flatMap(each => each.fields).map(({ name }) => [name.toLowerCase(), name]))
  const texts =
    outcome.kind === 'reject'
      ? [outcome.message, outcome.detail].map(text => ({ text: text ?? [], span }))
      : setTexts(rule)
  return texts.flatMap(each => {
    const literal = each.text.filter(piece => typeof piece === 'string').join(' ')
    const found = [...literal.matchAll(placeholder)].flatMap(({ 0: written, groups }) => {
      const name = Object.values(groups ?? {}).find(group => group !== undefined) ?? ''
      const field = fields.get(name.toLowerCase())
      return field === undefined ? [] : [{ written, field }]
    })
    if (found.length === 0) return []
    const message = `Users would read ${found.map(({ written }) => written).join(' and ')} literally: fields go in braces`
    const hint = `Write ${found.map(({ field }) => `{${field}}`).join(' and ')}`
    return [warning('meant-otherwise', each.span, message, hint)]
  })
}

type Text = { text: readonly (string | object)[]; span: Diagnostic['span'] }

/** The texts that a rule sets fields to. */
function setTexts({ outcome }: CompiledRule): Text[] {
  if (outcome.kind !== 'rewrite') return []
  return outcome.fields.flatMap(({ steps, span }) => steps.flatMap(step => textsOf(step).map(text => ({ text, span }))))
}

function textsOf(step: RewriteStep): (readonly (string | FieldRef)[])[] {
  if (step.kind === 'each item') return step.fields.flatMap(({ steps }) => steps.flatMap(textsOf))
  const values = step.kind === 'set' ? [step.value] : step.kind === 'set items' ? step.values : []
  return values.filter(value => typeof value === 'object')
}

const placeholder = /%(?<percent>\w+)%|\$\{?(?<dollar>\w+)|<(?<angle>\w+)>|\[(?<bracket>\w+)\]/g
