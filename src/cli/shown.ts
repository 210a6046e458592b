import { visible } from '../language/show/visible.ts'

/** A value as JSON in which every character can be seen. Pure. */
export function shown(value: unknown): string {
  return visible(JSON.stringify(value))
}
