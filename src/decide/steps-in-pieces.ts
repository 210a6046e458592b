import type { FoundPattern, MatchText, RewriteStep } from '../language/rule.ts'
import { countGraphemes } from '../text/graphemes.ts'
import { maskKind } from '../text/kinds/find.ts'
import { visiblePlain } from '../text/kinds/reading.ts'
import { maskRanges } from '../text/mask.ts'
import { matchesIn, type PatternMatch } from '../text/pattern/matches.ts'
import { type Range, sourcesOf } from '../text/sources.ts'
import type { Steps } from '../yaml/steps.ts'
import { longestMade } from './bounded.ts'

/** Steps that may take long on a long text. */
export type StepInPieces = Extract<RewriteStep, { kind: 'mask kind' | 'mask pattern' | 'replace pattern' }>

/** Pure. */
export function isInSteps(step: RewriteStep): step is StepInPieces {
  return step.kind === 'mask kind' || step.kind === 'mask pattern' || step.kind === 'replace pattern'
}

/** A text after such a step, with pauses. Pure. */
export function changedInSteps(step: StepInPieces, text: string): Steps<string> {
  switch (step.kind) {
    case 'mask kind':
      return maskKind(step.of, text, step.with)
    case 'mask pattern':
      return masked(step, text)
    case 'replace pattern':
      return replacedIn(step, text)
  }
}

/** Masking can bring out another match: it is repeated until nothing changes; a text that never rests is masked whole. */
function* masked(step: FoundPattern & { with: string }, text: string): Steps<string> {
  let now = text
  for (let round = 0; round < 8; round++) {
    const next = maskRanges(now, yield* placesOf(step, now, () => ''), step.with)
    if (next === now) return now
    now = next
  }
  return step.with.repeat(countGraphemes(now))
}

function* replacedIn(step: FoundPattern & { with: MatchText }, text: string): Steps<string> {
  const places = yield* placesOf(step, text, (match, read) => textFor(step.with, match, read))
  return places.length === 0 ? text : replacedAt(text, places)
}

/** A match where it stands in the text as it is, and what is put there. */
type Place = Range & { put: string }

/** What is found in the text as it is, and in it without disguises, in order. */
function* placesOf(
  step: FoundPattern,
  text: string,
  put: (match: PatternMatch, read: string) => string,
): Steps<Place[]> {
  const places: Place[] = []
  for (const { read, sourceOf } of readingsOf(step, text)) {
    const matches = yield* allMatches(step, read)
    for (const match of matches) places.push({ ...sourceOf(match), put: put(match, read) })
  }
  return places.sort((a, b) => a.start - b.start || b.end - a.end)
}

type TextReading = { read: string; sourceOf: (range: Range) => Range }

function* readingsOf({ isExact }: FoundPattern, text: string): Generator<TextReading> {
  yield { read: text, sourceOf: range => range }
  const plain = isExact ? text : visiblePlain(text)
  if (plain !== text) yield { read: plain, sourceOf: sourcesOf(text, visiblePlain) }
}

/** Nearly every text has none, which a search that only asks whether there is one knows soon. */
function* allMatches({ pattern }: FoundPattern, text: string): Steps<PatternMatch[]> {
  const search = pattern.search(text)
  while (!search.run(20_000)) yield
  if (search.found.size === 0) return []
  const matches: PatternMatch[] = []
  for (const match of matchesIn(pattern.program, text)) {
    if (match === undefined) yield
    else matches.push(match)
  }
  return matches
}

function textFor(pieces: MatchText, match: PatternMatch, text: string): string {
  return pieces
    .map(piece => {
      if (typeof piece === 'string') return piece
      const range = piece === 0 ? match : match.groups[piece - 1]
      return range === undefined ? '' : text.slice(range.start, range.end)
    })
    .join('')
}

/** As far as there is room. */
function replacedAt(text: string, places: readonly Place[]): string {
  const most = Math.max(longestMade, text.length)
  let made = ''
  let at = 0
  for (const { start, end, put } of places) {
    if (made.length > most) return made
    if (start < at) continue
    made += text.slice(at, start) + put
    at = end
  }
  return made + text.slice(at)
}
