import type { FieldKind } from '../callbacks/callback.ts'

/** What a test sees: a field's kind, or `part` for a value inside a JSON field, whose type only the call knows. */
export type ValueKind = FieldKind | 'part'

/**
 * What stands after a test word.
 *
 * value: one value of the field's kind; values: several of them, or a list's name; text, texts: the same as text;
 * pattern: a regular expression; count: a whole number; number: a number or an enum's name; range: two of those;
 * host: a host, several or a list's name; true: the word `true`; words: more test words;
 * item, items: a test or condition over the items of a list.
 */
export type OperandKind =
  | 'value'
  | 'values'
  | 'text'
  | 'texts'
  | 'pattern'
  | 'count'
  | 'number'
  | 'range'
  | 'host'
  | 'true'
  | 'words'
  | 'item'
  | 'items'

/** One test word: where it may stand, what it takes, what it means. */
export type Word = {
  name: string
  kinds: readonly ValueKind[]
  operand: OperandKind
  /** One line for authors. */
  meaning: string
  /** A condition that uses it. */
  example: string
}

/** One rewrite step: what it takes and what it does. */
export type Step = {
  name: string
  operand: 'none' | 'count' | 'list' | 'pairs' | 'replace' | 'value' | 'item'
  meaning: string
  example: string
}

const everyKind: readonly ValueKind[] = ['text', 'id', 'url', 'json', 'enum', 'integer', 'flag', 'list', 'part']
const scalarKinds: readonly ValueKind[] = ['text', 'id', 'url', 'json', 'enum', 'integer', 'flag', 'part']
const textKinds: readonly ValueKind[] = ['text', 'id', 'url', 'json', 'part']
const wordKinds: readonly ValueKind[] = ['text', 'part']
const numberKinds: readonly ValueKind[] = ['enum', 'integer', 'part']

/** Every test word of the language, in the order in which the documentation lists them. */
export const words = [
  {
    name: 'is',
    kinds: scalarKinds,
    operand: 'value',
    meaning: 'it is this value',
    example: '{ nickName: { is: support } }',
  },
  {
    name: 'is not',
    kinds: scalarKinds,
    operand: 'value',
    meaning: 'it is another value than this',
    example: '{ roleLevel: { is not: admin } }',
  },
  {
    name: 'one of',
    kinds: scalarKinds,
    operand: 'values',
    meaning: 'it is one of these values',
    example: '{ groupID: { one of: [g-1, g-2] } }',
  },
  {
    name: 'not one of',
    kinds: scalarKinds,
    operand: 'values',
    meaning: 'it is none of these values',
    example: '{ groupID: { not one of: [g-1, g-2] } }',
  },
  {
    name: 'in list',
    kinds: scalarKinds,
    operand: 'values',
    meaning: 'it is an entry of the list',
    example: '{ userID: { in list: [u-100, u-101] } }',
  },
  {
    name: 'not in list',
    kinds: scalarKinds,
    operand: 'values',
    meaning: 'it is no entry of the list',
    example: '{ userID: { not in list: [u-100, u-101] } }',
  },
  {
    name: 'present',
    kinds: everyKind,
    operand: 'true',
    meaning: 'the call sets it, be it to nothing',
    example: '{ nickName: present }',
  },
  {
    name: 'absent',
    kinds: everyKind,
    operand: 'true',
    meaning: 'the call leaves it alone',
    example: '{ nickName: absent }',
  },
  {
    name: 'not',
    kinds: everyKind,
    operand: 'words',
    meaning: 'these words do not hold',
    example: '{ nickName: { not: { starts with: guest } } }',
  },
  {
    name: 'contains',
    kinds: textKinds,
    operand: 'text',
    meaning: 'this text is somewhere in it',
    example: '{ nickName: { contains: "://" } }',
  },
  {
    name: 'contains any',
    kinds: textKinds,
    operand: 'texts',
    meaning: 'one of these texts is somewhere in it',
    example: '{ nickName: { contains any: [http, www.] } }',
  },
  {
    name: 'starts with',
    kinds: textKinds,
    operand: 'text',
    meaning: 'it begins with this text',
    example: '{ groupID: { starts with: school- } }',
  },
  {
    name: 'ends with',
    kinds: textKinds,
    operand: 'text',
    meaning: 'it ends with this text',
    example: '{ nickName: { ends with: bot } }',
  },
  {
    name: 'starts with any',
    kinds: textKinds,
    operand: 'texts',
    meaning: 'it begins with one of these texts',
    example: '{ userID: { starts with any: [bot-, test-] } }',
  },
  {
    name: 'ends with any',
    kinds: textKinds,
    operand: 'texts',
    meaning: 'it ends with one of these texts',
    example: '{ nickName: { ends with any: [bot, admin] } }',
  },
  {
    name: 'matches',
    kinds: textKinds,
    operand: 'pattern',
    meaning: 'the regular expression (RE2) is found in it; (?i) in front ignores case',
    example: "{ nickName: { matches: '[0-9]{6}' } }",
  },
  {
    name: 'longer than',
    kinds: textKinds,
    operand: 'count',
    meaning: 'it has more characters than this',
    example: '{ nickName: { longer than: 24 } }',
  },
  {
    name: 'shorter than',
    kinds: textKinds,
    operand: 'count',
    meaning: 'it has fewer characters than this',
    example: '{ nickName: { shorter than: 2 } }',
  },
  {
    name: 'is blank',
    kinds: textKinds,
    operand: 'true',
    meaning: 'nothing in it can be seen',
    example: '{ nickName: { is blank: true } }',
  },
  {
    name: 'exactly',
    kinds: textKinds,
    operand: 'words',
    meaning: 'these words hold letter by letter: case and width count',
    example: '{ nickName: { exactly: { contains: VIP } } }',
  },
  {
    name: 'has word',
    kinds: wordKinds,
    operand: 'text',
    meaning: 'this word is in it, as a word of its own',
    example: '{ nickName: { has word: admin } }',
  },
  {
    name: 'has word in',
    kinds: wordKinds,
    operand: 'texts',
    meaning: 'a word of the list is in it, as a word of its own',
    example: '{ nickName: { has word in: [admin, support] } }',
  },
  {
    name: 'has all words in',
    kinds: wordKinds,
    operand: 'texts',
    meaning: 'all words of the list are in it, in any order',
    example: '{ nickName: { has all words in: [free, money] } }',
  },
  {
    name: 'only words in',
    kinds: wordKinds,
    operand: 'texts',
    meaning: 'all of its words are in the list; signs and spaces do not count',
    example: '{ nickName: { only words in: [hi, hello] } }',
  },
  {
    name: 'looks like',
    kinds: wordKinds,
    operand: 'text',
    meaning: 'it reads like this text, whatever letters it is typed with',
    example: '{ nickName: { looks like: admin } }',
  },
  {
    name: 'looks like a word in',
    kinds: wordKinds,
    operand: 'texts',
    meaning: 'it reads like a word of the list, or has one that does',
    example: '{ nickName: { looks like a word in: [admin, support] } }',
  },
  {
    name: 'hosted on',
    kinds: ['url'],
    operand: 'host',
    meaning: 'its host is this one or a subdomain of it',
    example: '{ faceURL: { hosted on: example.com } }',
  },
  {
    name: 'is a url',
    kinds: ['url'],
    operand: 'true',
    meaning: 'it is a complete address',
    example: '{ faceURL: { is a url: true } }',
  },
  {
    name: 'is json',
    kinds: ['json'],
    operand: 'true',
    meaning: 'it is JSON',
    example: '{ ex: { is json: true } }',
  },
  {
    name: 'at least',
    kinds: numberKinds,
    operand: 'number',
    meaning: 'it is this or more',
    example: '{ roleLevel: { at least: admin } }',
  },
  {
    name: 'at most',
    kinds: numberKinds,
    operand: 'number',
    meaning: 'it is this or less',
    example: '{ roleLevel: { at most: member } }',
  },
  {
    name: 'more than',
    kinds: numberKinds,
    operand: 'number',
    meaning: 'it is more than this',
    example: '{ roleLevel: { more than: member } }',
  },
  {
    name: 'less than',
    kinds: numberKinds,
    operand: 'number',
    meaning: 'it is less than this',
    example: '{ roleLevel: { less than: admin } }',
  },
  {
    name: 'between',
    kinds: numberKinds,
    operand: 'range',
    meaning: 'it is one of the two or anything between them',
    example: '{ nickName.length: { between: [2, 24] } }',
  },
  {
    name: 'any item',
    kinds: ['list', 'part'],
    operand: 'item',
    meaning: 'at least one item of the list passes the test',
    example: '{ memberList: { any item: { userID: { in list: [u-1, u-2] } } } }',
  },
  {
    name: 'every item',
    kinds: ['list', 'part'],
    operand: 'item',
    meaning: 'all items of the list pass the test; a list without items does, too',
    example: '{ memberList: { every item: { userID: { starts with: staff- } } } }',
  },
  {
    name: 'how many',
    kinds: ['list', 'part'],
    operand: 'items',
    meaning: 'the number of items is this, or passes these words',
    example: '{ memberList: { how many: { more than: 50 } } }',
  },
] as const satisfies readonly Word[]

/** The name of a test word. */
export type WordName = (typeof words)[number]['name']

/** Every rewrite step of the language. */
export const steps = [
  {
    name: 'trim',
    operand: 'none',
    meaning: 'drops blanks at both ends',
    example: '{ nickName: trim }',
  },
  {
    name: 'collapse spaces',
    operand: 'none',
    meaning: 'makes each run of white space one blank',
    example: '{ nickName: collapse spaces }',
  },
  {
    name: 'remove invisible',
    operand: 'none',
    meaning: 'drops characters that cannot be seen',
    example: '{ nickName: remove invisible }',
  },
  {
    name: 'normalise',
    operand: 'none',
    meaning: 'makes wide and styled letters plain (NFKC)',
    example: '{ nickName: normalise }',
  },
  {
    name: 'lower case',
    operand: 'none',
    meaning: 'makes all letters small',
    example: '{ nickName: lower case }',
  },
  {
    name: 'upper case',
    operand: 'none',
    meaning: 'makes all letters capital',
    example: '{ nickName: upper case }',
  },
  {
    name: 'cut to',
    operand: 'count',
    meaning: 'keeps the first so many characters',
    example: '{ nickName: { cut to: 24 } }',
  },
  {
    name: 'mask words in',
    operand: 'list',
    meaning: 'puts a star (or what `with` says) over each character of the words in the list',
    example: '{ nickName: { mask words in: [damn], with: "*" } }',
  },
  {
    name: 'replace words in',
    operand: 'pairs',
    meaning: 'puts what a list of pairs says in the place of each of its words',
    example: '{ nickName: { replace words in: { damn: darn } } }',
  },
  {
    name: 'replace',
    operand: 'replace',
    meaning: 'puts one text in the place of another, everywhere',
    example: '{ nickName: { replace: { text: "_", with: " " } } }',
  },
  {
    name: 'set',
    operand: 'value',
    meaning: 'sets this value, absent or not',
    example: '{ nickName: { set: "Member {userID}" } }',
  },
  {
    name: 'each item',
    operand: 'item',
    meaning: 'changes fields of the items of a list: of those for which `when` holds, or of all without it',
    example: '{ memberList: { each item: { when: { userID: { starts with: guest- } }, nickname: "Guest {userID}" } } }',
  },
] as const satisfies readonly Step[]

/** The name of a rewrite step. */
export type StepName = (typeof steps)[number]['name']

const wordsByName: ReadonlyMap<string, Word> = new Map(words.map(word => [word.name, word]))
const stepsByName: ReadonlyMap<string, Step> = new Map(steps.map(step => [step.name, step]))

/** The test word of a name as authors spell it. Pure. */
export const findTestWord = (name: string): (Word & { name: WordName }) | undefined =>
  wordsByName.get(name) as (Word & { name: WordName }) | undefined

/** The rewrite step of a name as authors spell it. Pure. */
export const findStep = (name: string): (Step & { name: StepName }) | undefined =>
  stepsByName.get(name) as (Step & { name: StepName }) | undefined

/** Keys of a rule file, of a rule, and of the mappings inside them. */
export const keys = {
  file: ['callback', 'when', 'zone', 'codes', 'lists', 'conditions', 'rules', 'tests'],
  rule: [
    'rule',
    'why',
    'callback',
    'when',
    'conditions',
    'unless',
    'reject',
    'rewrite',
    'allow',
    'event',
    'mode',
    'order',
    'from',
    'until',
    'tests',
  ],
  condition: ['all', 'any', 'none', 'not', 'use', 'time'],
  native: ['fact', 'operator', 'value'],
  time: ['within', 'days', 'zone'],
  list: ['words', 'pairs', 'except'],
  code: ['code', 'message', 'detail'],
  event: ['type', 'params'],
  case: ['name', 'given', 'at', 'callback', 'expect'],
  expect: ['reject', 'message', 'rewrite', 'by'],
  replace: ['text', 'with'],
} as const

/** Modes of a rule. */
export const modes = ['enforce', 'shadow', 'disabled'] as const
