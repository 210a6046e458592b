import type { Span } from '../yaml/source.ts'

/**
 * The meaning that this program gives to rules: 1 is that of version 0.1.0, 2 that of 0.2.0.
 *
 * A folder may state the number that it was written for: its rules have the newest meaning all the same, and `check`
 * lists the places where that differs.
 */
export const newestLanguage = 2

/** The number that a file states. */
export type StatedLanguage = { number: number; span: Span }
