import { callbacks } from '../../callbacks/catalogue.ts'
import { keys } from '../vocabulary.ts'

/** Whether a key can stand in a condition: a field of some callback, a part of one, or a word such as `any`. Pure. */
export function isOfCondition(key: string): boolean {
  const [name = ''] = key.replace(/^original\./, '').split('.')
  return fieldNames.has(name) || keys.condition.some(other => other === key)
}

const fieldNames: ReadonlySet<string> = new Set(callbacks.flatMap(({ fields }) => fields.map(({ name }) => name)))
