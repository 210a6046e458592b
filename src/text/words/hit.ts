/** A text of a list found in another: its number in the list, and a half-open range in UTF-16 code units. */
export type Hit = { number: number; start: number; end: number }
