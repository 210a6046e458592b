import { callbacks } from '../../callbacks/catalogue.ts'
import type { Entry } from '../../yaml/node.ts'
import { findField } from '../field.ts'
import type { Misplaced } from '../read/mapping.ts'
import { writtenEntries } from '../read/shape.ts'

/** Values of an earlier call that stand beside `ago`; undefined for any other key. */
export function meantInAfter({ key }: Entry, all: readonly Entry[]): Misplaced | undefined {
  const isField = (name: string) =>
    name === 'share' || callbacks.some(callback => findField(name, callback) !== undefined)
  if (!isField(key)) return undefined
  const fields = all.filter(other => isField(other.key))
  return { hint: `Write values under "given": given: { ${writtenEntries(fields)} }`, meant: 'given' }
}
