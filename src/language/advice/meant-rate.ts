import type { ScalarNode } from '../../yaml/node.ts'
import { lengthMeant } from './meant-duration.ts'

/** A whole count in one text, as in `5 per 10 seconds` or `more than 5 in 10s`, as it is written in braces. Pure. */
export function oftenMeant({ value, raw }: ScalarNode, field: string): string | undefined {
  const rate =
    typeof value === 'boolean' || value === null ? undefined : rateIn(typeof value === 'string' ? value : raw)
  if (rate === undefined) return undefined
  const { count, isLeast, within = '10 seconds' } = rate
  return `{ same: ${field}, in: ${within}, ${isLeast ? 'at least' : 'more than'}: ${count} }`
}

/** `5 per 10 seconds` and its like; undefined for other texts. Pure. */
export function rateIn(text: string): { count: number; isLeast: boolean; within?: string } | undefined {
  const said = text.trim().toLowerCase()
  const [, word = '', count = '', span = ''] =
    /^(more than |over |above |max(?:imum)? |at most |at least |min(?:imum)? |up to |> |>= )?(\d{1,4})\s*(?:x|times?|calls?|messages?|msgs?)?\s*(?:(?:\/|per|in|within|every|each|an?\b|once in)\s*(.*))?$/.exec(
      said,
    ) ?? []
  if (count === '') return undefined
  const within = span === '' ? undefined : lengthMeant(span)
  if (span !== '' && within === undefined) return undefined
  return { count: Number(count), isLeast: /^(?:at least|min|>=)/.test(word), ...(within !== undefined && { within }) }
}
