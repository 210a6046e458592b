import type { FieldShown } from '../../../serve/page/answers.ts'
import type { TextKey } from '../../texts.ts'

/** A way to ask about a field, in words: what is to be filled in, and the condition as a rule has it. */
export type WayToAsk = {
  id: string
  label: TextKey
  fits: readonly string[]
  /** What follows: nothing, a text, several texts with commas, or a number. */
  takes: 'nothing' | 'text' | 'texts' | 'number'
  write(field: string, value: WayValue): Record<string, unknown>
  /** The step that takes out of a text what was asked for, if there is one. */
  mend?(value: WayValue): unknown
}

/** What was filled in. */
export type WayValue = { text: string; texts: readonly string[]; number: number }

const texts = ['text']
const likeTexts = ['text', 'id', 'url', 'json']

/** The ways to ask that most rules need; everything else is written in the file, where the editor helps. */
export const waysToAsk: readonly WayToAsk[] = [
  {
    ...{ id: 'links', label: 'way.links', fits: texts, takes: 'nothing' },
    write: field => ({ [`${field}.links`]: 'present' }),
    mend: () => 'mask links',
  },
  {
    ...{ id: 'has word', label: 'way.hasWord', fits: texts, takes: 'texts' },
    write: (field, { texts: all }) => ({ [field]: all.length === 1 ? { 'has word': all[0] } : { 'has word in': all } }),
    mend: ({ texts: all }) => ({ 'mask words in': all }),
  },
  {
    ...{ id: 'contains', label: 'way.contains', fits: likeTexts, takes: 'texts' },
    write: (field, { texts: all }) => ({ [field]: { 'contains any': all } }),
  },
  {
    ...{ id: 'looks like', label: 'way.looksLike', fits: texts, takes: 'texts' },
    write: (field, { texts: all }) => ({ [field]: { 'looks like a word in': all } }),
  },
  {
    ...{ id: 'starts with', label: 'way.startsWith', fits: likeTexts, takes: 'texts' },
    write: (field, { texts: all }) => ({ [field]: { 'starts with any': all } }),
  },
  {
    ...{ id: 'one of', label: 'way.oneOf', fits: [...likeTexts, 'enum', 'integer'], takes: 'texts' },
    write: (field, { texts: all }) => ({ [field]: { 'one of': all.map(asNumber) } }),
  },
  {
    ...{ id: 'hosted on', label: 'way.hostedOn', fits: ['url'], takes: 'texts' },
    write: (field, { texts: all }) => ({ [field]: { 'hosted on': all } }),
  },
  {
    ...{ id: 'not hosted on', label: 'way.notHostedOn', fits: ['url'], takes: 'texts' },
    write: (field, { texts: all }) => ({ [field]: { not: { 'hosted on': all } } }),
  },
  {
    ...{ id: 'longer than', label: 'way.longer', fits: texts, takes: 'number' },
    write: (field, { number }) => ({ [`${field}.length`]: { 'more than': number } }),
    mend: ({ number }) => ({ 'cut to': number }),
  },
  {
    ...{ id: 'capitals', label: 'way.capitals', fits: texts, takes: 'number' },
    write: (field, { number }) => ({ [`${field}.capitals`]: { 'at least': number } }),
  },
  {
    ...{ id: 'at least', label: 'way.atLeast', fits: ['enum', 'integer'], takes: 'text' },
    write: (field, { text }) => ({ [field]: { 'at least': asNumber(text) } }),
  },
  { id: 'true', label: 'way.true', fits: ['flag'], takes: 'nothing', write: field => ({ [field]: true }) },
  {
    id: 'present',
    label: 'way.present',
    fits: ['text', 'id', 'url', 'json', 'enum', 'integer', 'flag', 'list'],
    takes: 'nothing',
    write: field => ({ [field]: 'present' }),
  },
]

function asNumber(text: string): string | number {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text
}

/** The ways that fit a field. */
export function waysFor({ kind }: Pick<FieldShown, 'kind'>): readonly WayToAsk[] {
  return waysToAsk.filter(({ fits }) => fits.includes(kind))
}

/** A name for a rule, of lowercase letters, digits and hyphens; empty if the words have none of those. */
export function nameFrom(words: string): string {
  const plain = words
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
  return plain
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60)
}
