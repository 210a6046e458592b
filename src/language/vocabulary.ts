import type { FieldKind } from '../callbacks/callback.ts'

/**
 * The kind that a test sees: a field's kind, or `part` for a value inside a JSON field, whose type depends on the call.
 */
export type ValueKind = FieldKind | 'part'

/**
 * The operand of a test word.
 *
 * value: one value of the field's kind; values: several of them, or a list name; text, texts: the same as text;
 * pattern: a regular expression; count: a whole number; number: a number or an enum's name; range: two of those; host:
 * a host, several or a list name; countries: `true`, a country code, or several; true: the word `true`; words: more
 * test words; item, items: a test or condition over the items of a list.
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
  | 'countries'
  | 'true'
  | 'words'
  | 'item'
  | 'items'

/** One test word: which kinds it fits, its operand, its meaning. */
export type Word = {
  name: string
  kinds: readonly ValueKind[]
  operand: OperandKind
  /** One line for authors. */
  meaning: string
  /** A condition that uses it. */
  example: string
}

/** One rewrite step: its operand and its effect. */
export type Step = {
  name: string
  operand: 'none' | 'count' | 'list' | 'pairs' | 'kind' | 'pattern' | 'replace' | 'value' | 'item'
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
    meaning: 'it is not this value',
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
    meaning: 'it is not an entry of the list',
    example: '{ userID: { not in list: [u-100, u-101] } }',
  },
  {
    name: 'present',
    kinds: everyKind,
    operand: 'true',
    meaning: 'the call sets it, even if to nothing',
    example: '{ nickName: present }',
  },
  {
    name: 'absent',
    kinds: everyKind,
    operand: 'true',
    meaning: 'the call does not set it',
    example: '{ nickName: absent }',
  },
  {
    name: 'not',
    kinds: everyKind,
    operand: 'words',
    meaning: 'these test words do not all hold',
    example: '{ nickName: { not: { starts with: guest } } }',
  },
  {
    name: 'contains',
    kinds: textKinds,
    operand: 'text',
    meaning: 'it contains this text anywhere',
    example: '{ nickName: { contains: "://" } }',
  },
  {
    name: 'contains any',
    kinds: textKinds,
    operand: 'texts',
    meaning: 'it contains one of these texts anywhere',
    example: '{ nickName: { contains any: [http, www.] } }',
  },
  {
    name: 'starts with',
    kinds: textKinds,
    operand: 'text',
    meaning: 'it starts with this text',
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
    meaning:
      'it matches the regular expression (RE2) anywhere, even behind wide, styled or invisible characters; (?i) at the start ignores case',
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
    meaning: 'it has no visible characters',
    example: '{ nickName: { is blank: true } }',
  },
  {
    name: 'only emoji',
    kinds: wordKinds,
    operand: 'true',
    meaning: 'it has at least one emoji and, apart from spaces, nothing else',
    example: '{ nickName: { only emoji: true } }',
  },
  {
    name: 'exactly',
    kinds: textKinds,
    operand: 'words',
    meaning: 'these test words hold exactly: case and width count',
    example: '{ nickName: { exactly: { contains: VIP } } }',
  },
  {
    name: 'has word',
    kinds: wordKinds,
    operand: 'text',
    meaning: 'it contains this word as a whole word',
    example: '{ nickName: { has word: admin } }',
  },
  {
    name: 'has word in',
    kinds: wordKinds,
    operand: 'texts',
    meaning: 'it contains an entry of the list as a whole word',
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
    meaning: 'it reads like this text, whatever characters it is typed with',
    example: '{ nickName: { looks like: admin } }',
  },
  {
    name: 'looks like a word in',
    kinds: wordKinds,
    operand: 'texts',
    meaning: 'it reads like an entry of the list, or contains a word that does',
    example: '{ nickName: { looks like a word in: [admin, support] } }',
  },
  {
    name: 'sounds like a word in',
    kinds: wordKinds,
    operand: 'texts',
    meaning:
      'it has Chinese that sounds like a word of the list, whatever its tones (honest words do, too: try it first)',
    example: '{ nickName: { sounds like a word in: [微信, 客服] } }',
  },
  {
    name: 'has phone number',
    kinds: wordKinds,
    operand: 'countries',
    meaning: 'it contains a phone number: of any country, or of the countries listed by their two letters',
    example: '{ nickName: { has phone number: [cn, us] } }',
  },
  {
    name: 'has email',
    kinds: wordKinds,
    operand: 'true',
    meaning: 'it contains an email address',
    example: '{ nickName: { has email: true } }',
  },
  {
    name: 'has card number',
    kinds: wordKinds,
    operand: 'true',
    meaning: 'it contains a payment card number, checked by its last digit',
    example: '{ nickName: { has card number: true } }',
  },
  {
    name: 'has ip address',
    kinds: wordKinds,
    operand: 'true',
    meaning: 'it contains an IP address, version 4 or 6',
    example: '{ nickName: { has ip address: true } }',
  },
  {
    name: 'has crypto address',
    kinds: wordKinds,
    operand: 'true',
    meaning: 'it contains a wallet address: Bitcoin, Ethereum, Tron and others',
    example: '{ nickName: { has crypto address: true } }',
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
    meaning: 'it is in this range, both ends included',
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
    meaning: 'all items of the list pass the test; an empty list passes too',
    example: '{ memberList: { every item: { userID: { starts with: staff- } } } }',
  },
  {
    name: 'how many',
    kinds: ['list', 'part'],
    operand: 'items',
    meaning: 'the number of items is this, or passes these test words',
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
    meaning: 'removes spaces at both ends',
    example: '{ nickName: trim }',
  },
  {
    name: 'collapse spaces',
    operand: 'none',
    meaning: 'turns each run of white space into one space',
    example: '{ nickName: collapse spaces }',
  },
  {
    name: 'remove invisible',
    operand: 'none',
    meaning: 'removes invisible characters',
    example: '{ nickName: remove invisible }',
  },
  {
    name: 'normalise',
    operand: 'none',
    meaning: 'turns wide and styled letters into plain ones (NFKC)',
    example: '{ nickName: normalise }',
  },
  {
    name: 'lower case',
    operand: 'none',
    meaning: 'turns all letters into lower case',
    example: '{ nickName: lower case }',
  },
  {
    name: 'upper case',
    operand: 'none',
    meaning: 'turns all letters into upper case',
    example: '{ nickName: upper case }',
  },
  {
    name: 'cut to',
    operand: 'count',
    meaning: 'keeps this many characters from the start',
    example: '{ nickName: { cut to: 24 } }',
  },
  {
    name: 'mask words in',
    operand: 'list',
    meaning: 'replaces each character of the words in the list with a star, or with the text of `with`',
    example: '{ nickName: { mask words in: [damn], with: "*" } }',
  },
  {
    name: 'mask links',
    operand: 'none',
    meaning: 'replaces each character of the links in it with a star, or with the text of `with`',
    example: '{ nickName: mask links }',
  },
  {
    name: 'mask phone numbers',
    operand: 'kind',
    meaning:
      'replaces each character of phone numbers, of any country or of those listed, with a star, or with the text of `with`',
    example: '{ nickName: { mask phone numbers: [cn, us], with: "#" } }',
  },
  {
    name: 'mask emails',
    operand: 'kind',
    meaning: 'replaces each character of email addresses with a star, or with the text of `with`',
    example: '{ nickName: mask emails }',
  },
  {
    name: 'mask card numbers',
    operand: 'kind',
    meaning: 'replaces each character of payment card numbers with a star, or with the text of `with`',
    example: '{ nickName: mask card numbers }',
  },
  {
    name: 'mask ip addresses',
    operand: 'kind',
    meaning: 'replaces each character of IP addresses with a star, or with the text of `with`',
    example: '{ nickName: mask ip addresses }',
  },
  {
    name: 'mask crypto addresses',
    operand: 'kind',
    meaning: 'replaces each character of wallet addresses with a star, or with the text of `with`',
    example: '{ nickName: { mask crypto addresses: true, with: "-" } }',
  },
  {
    name: 'mask pattern',
    operand: 'pattern',
    meaning: 'replaces each character that the regular expression matches with a star, or with the text of `with`',
    example: "{ nickName: { mask pattern: '[0-9]{6,}', with: '#' } }",
  },
  {
    name: 'replace pattern',
    operand: 'replace',
    meaning: 'replaces every match of the regular expression with a text, which can contain {match} and {match.1}',
    example: "{ nickName: { replace pattern: { find: '!{2,}', with: '!' } } }",
  },
  {
    name: 'replace words in',
    operand: 'pairs',
    meaning: 'replaces each word of a list of pairs with its partner',
    example: '{ nickName: { replace words in: { damn: darn } } }',
  },
  {
    name: 'replace',
    operand: 'replace',
    meaning: 'replaces every occurrence of one text with another',
    example: '{ nickName: { replace: { text: "_", with: " " } } }',
  },
  {
    name: 'set',
    operand: 'value',
    meaning: 'sets this value, even if the field is absent',
    example: '{ nickName: { set: "Member {userID}" } }',
  },
  {
    name: 'each item',
    operand: 'item',
    meaning: 'changes fields of the items of a list: of all items, or of those that match `when`',
    example: '{ memberList: { each item: { when: { userID: { starts with: guest- } }, nickname: "Guest {userID}" } } }',
  },
] as const satisfies readonly Step[]

/** The name of a rewrite step. */
export type StepName = (typeof steps)[number]['name']

const wordsByName: ReadonlyMap<string, Word> = new Map(words.map(word => [word.name, word]))
const stepsByName: ReadonlyMap<string, Step> = new Map(steps.map(step => [step.name, step]))

/** Finds a test word by its name in rule files. */
export const findTestWord = (name: string): (Word & { name: WordName }) | undefined =>
  wordsByName.get(name) as (Word & { name: WordName }) | undefined

/** Finds a rewrite step by its name in rule files. */
export const findStep = (name: string): (Step & { name: StepName }) | undefined =>
  stepsByName.get(name) as (Step & { name: StepName }) | undefined

/** The words that compare a count with a number: a count has one of them. */
export const countLimits = ['more than', 'at least', 'at most', 'less than', 'is', 'between'] as const

/** Which calls can count, by what became of them. The first is the default. */
export const countings = ['let through', 'refused', 'all'] as const

/** What a rule does while a count is unsure. The first is the default. */
export const unsureChoices = ['skip', 'fire'] as const

/** Keys of a rule file, of a rule, and of the mappings inside them. */
export const keys = {
  file: [
    'callback',
    'when',
    'zone',
    'codes',
    'lists',
    'dates',
    'conditions',
    'counters',
    'protect',
    'rules',
    'tests',
    'language',
  ],
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
    'if unsure',
    'tests',
  ],
  condition: ['all', 'any', 'none', 'not', 'use', 'time', 'how often', 'how long since'],
  native: ['fact', 'operator', 'value'],
  time: ['within', 'days', 'on', 'not on', 'zone'],
  list: ['words', 'pairs', 'except'],
  code: ['code', 'message', 'detail'],
  event: ['type', 'params'],
  'how often': ['of', 'same', 'different', 'in', ...countLimits, 'counting', 'then for'],
  'how long since': ['of', 'same', 'less than', 'more than'],
  counter: ['callback', 'when', 'same', 'different', 'counting'],
  case: ['name', 'after', 'given', 'at', 'callback', 'expect'],
  earlier: ['ago', 'times', 'given', 'callback'],
  expect: ['reject', 'message', 'rewrite', 'by'],
  replace: ['text', 'with'],
  'replace pattern': ['find', 'with'],
} as const

/** Modes of a rule. */
export const modes = ['enforce', 'shadow', 'disabled'] as const
