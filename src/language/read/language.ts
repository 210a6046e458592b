import { write } from '../../yaml/fix.ts'
import type { Node } from '../../yaml/node.ts'
import type { Reporter } from '../../yaml/reporter.ts'
import { newestLanguage, type StatedLanguage } from '../language-number.ts'
import { describeNode, headOf } from './shape.ts'

/** The number of the language that a file states; undefined if it is none that this program knows (reported). */
export function readLanguage(node: Node, reporter: Reporter): StatedLanguage | undefined {
  if (node.kind === 'broken') return undefined
  const value = node.kind === 'scalar' ? node.value : undefined
  const span = headOf(node)
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1) {
    const message = `"language" must be a whole number from 1 to ${newestLanguage}, got ${describeNode(node)}`
    reporter.error('bad-language', span, message, write(span, String(newestLanguage)))
    return undefined
  }
  if (value <= newestLanguage) return { number: value, span }
  const message = `These rules are written for language ${value}, but this version of hookwarden knows languages up to ${newestLanguage}`
  reporter.error(
    'newer-language',
    span,
    message,
    'Install a newer version of hookwarden, or go back to the earlier rules',
  )
  return undefined
}
