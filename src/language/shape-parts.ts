import type { Field } from '../callbacks/callback.ts'
import type { ValueKind } from './vocabulary.ts'

/** The parts of a text that tell what shape it has, and what each is to test words. */
export const shapeParts = {
  capitals: 'integer',
  emoji: 'integer',
  lines: 'integer',
  words: 'integer',
  'longest run': 'integer',
  'stacked marks': 'integer',
  scripts: 'list',
  mentions: 'integer',
  gist: 'text',
  'gist.length': 'integer',
} as const satisfies Record<string, ValueKind>

/** The name of such a part. */
export type ShapePart = keyof typeof shapeParts

/** The parts of this sort that a field has, in the order of the documentation: not every text mentions people. Pure. */
export function shapePartsOf({ kind, mentions }: Field): readonly ShapePart[] {
  if (kind !== 'text') return []
  const all = Object.keys(shapeParts) as ShapePart[]
  return mentions === undefined ? all.filter(part => part !== 'mentions') : all
}
