import fc from 'fast-check'
import type { Given } from './_rules.ts'

/** Values that tests and facts share often enough to meet. */
const names = [
  'admin',
  'Admin',
  'ADMİN',
  ' admin ',
  'ad\u200bmin',
  'straße',
  'STRASSE',
  '',
  ' ',
  '管理员',
  'a b',
  '👩‍👩‍👧',
  'I love C++ & a$$',
  'c',
  'v❤️ 4',
  'a.com b[.]org/x',
  '[b.org](http://a.com)',
  'ＡＤＭＩＮ 13812345678',
  '𝐚𝐝𝐦𝐢𝐧＠ｘ．ｃｎ',
  '😀 🇩🇪',
  'ADMIN\nаdmin',
]
const ids = ['u-1', 'U-1', 'u-10', 'school-1', '']
const urls = [
  'https://example.com/a.png',
  'http://cdn.example.com./x/y.JPG?z',
  'HTTPS://EXAMPLE.COM',
  'not a url',
  '',
  'mailto:a@b',
]
const jsons = [
  '{"a":{"b":"x"},"n":5,"t":["p","q"],"f":true}',
  '{"a":1,"n":"5"}',
  '{',
  '',
  'null',
  '[1,2]',
  '{"__proto__":{"b":"x"}}',
]
const roles = [20, 60, 100]

const text = fc.constantFrom(...names)
const needle = text.filter(value => value !== '')
const count = fc.integer({ min: 0, max: 8 })

/** One test word with what it takes, for a field of a kind. */
const word = (name: string, operand: fc.Arbitrary<unknown>) => operand.map(value => ({ [name]: value }))
const yes = fc.constant(true)

function valueWords(value: fc.Arbitrary<unknown>): fc.Arbitrary<object>[] {
  const own = fc.array(value, { minLength: 1, maxLength: 3 })
  return valuesWords(value, own)
}

/** The same for kinds whose values are texts, which lists have. */
function textValueWords(value: fc.Arbitrary<unknown>): fc.Arbitrary<object>[] {
  const own = fc.array(value, { minLength: 1, maxLength: 3 })
  return valuesWords(value, fc.oneof({ weight: 3, arbitrary: own }, fc.constant<unknown>('excepted-ids')))
}

function valuesWords(value: fc.Arbitrary<unknown>, several: fc.Arbitrary<unknown>): fc.Arbitrary<object>[] {
  return [
    word('is', value),
    word('is not', value),
    word('one of', several),
    word('not one of', several),
    word('in list', several),
    word('not in list', several),
    word('present', yes),
    word('absent', yes),
  ]
}

function textWords(piece: fc.Arbitrary<unknown>): fc.Arbitrary<object>[] {
  return [
    word('contains', piece),
    word(
      'contains any',
      fc.oneof({ weight: 3, arbitrary: fc.array(piece, { minLength: 1, maxLength: 3 }) }, fc.constant('excepted')),
    ),
    word('starts with', piece),
    word('ends with', piece),
    word(
      'matches',
      fc.constantFrom('[a-z]+', '(?i)ADMIN', '^$', '\\p{Han}', '^.{2,4}$', 'a.?min', '@x\\.', '\\x{200b}'),
    ),
    word(
      'starts with any',
      fc.oneof({ weight: 3, arbitrary: fc.array(piece, { minLength: 1, maxLength: 3 }) }, fc.constant('excepted')),
    ),
    word(
      'ends with any',
      fc.oneof({ weight: 3, arbitrary: fc.array(piece, { minLength: 1, maxLength: 3 }) }, fc.constant('excepted')),
    ),
    word('longer than', count),
    word('shorter than', count),
    word('is blank', yes),
  ]
}

const wordTexts = fc.constantFrom(
  'admin',
  'adm*',
  'аdmin',
  'root admin',
  '管理员',
  'support',
  '4',
  '@dmin',
  'c++',
  'a$$',
  'v❤',
  '❤',
  'c++ & a',
)
const hasLetters = (value: string) => /\p{L}/u.test(value)
const someWords = fc.oneof(
  { weight: 3, arbitrary: fc.array(wordTexts, { minLength: 1, maxLength: 3 }) },
  { weight: 1, arbitrary: fc.constant<unknown>('excepted') },
)
/** Lists with exceptions, which every file of rules defines. */
export const lists = {
  excepted: {
    words: ['admin', 'adm*', '管理', 'c', '4', 'a'],
    except: ['root admin', 'Admin', '管理员', 'c++', 'a b'],
  },
  'excepted-ids': {
    words: ['u-1', 'u-10', 'x', 'https', 'admin*', 'Straße'],
    except: ['u-10', 'x', 'ADMIN', 'strasse'],
  },
  'excepted-hosts': { words: ['example.com', 'evil.net'], except: ['cdn.example.com'] },
}
const wordWords = [
  word('has word', wordTexts),
  word('has word in', someWords),
  word('has all words in', someWords),
  word('only words in', fc.oneof(someWords, fc.constant(['a', 'b', 'admin', 'i love', 'c++', '管理员']))),
  word('has word in', fc.array(fc.constantFrom('*min', '*d*', '*管', 'a', '*a$*'), { minLength: 1, maxLength: 2 })),
  word('contains any', fc.array(fc.constantFrom('*min', '*d*', 'a'), { minLength: 1, maxLength: 2 })),
  word('looks like', wordTexts),
  word('only emoji', yes),
  word('looks like a word in', someWords),
  word('has phone number', fc.constantFrom<unknown>(true, 'cn', ['cn', 'us'])),
  ...['email', 'card number', 'ip address', 'crypto address'].map(kind => word(`has ${kind}`, yes)),
  word('sounds like a word in', someWords),
]

function numberWords(value: fc.Arbitrary<unknown>): fc.Arbitrary<object>[] {
  const range = fc.tuple(fc.constantFrom(0, 20), fc.constantFrom(20, 60))
  return [...['at least', 'at most', 'more than', 'less than'].map(name => word(name, value)), word('between', range)]
}

/** Words for one field, each perhaps inside `not` or `exactly`, and several at once. */
function wordsOf(base: fc.Arbitrary<object>[], nestable: string[]): fc.Arbitrary<object> {
  const single = fc.oneof(...base)
  const nested = fc.tuple(fc.constantFrom(...nestable), single).map(([outer, inner]) => ({ [outer]: inner }))
  const twice = fc.tuple(nested, fc.constantFrom(...nestable)).map(([inner, outer]) => ({ [outer]: inner }))
  return fc.oneof(
    { weight: 4, arbitrary: single },
    { weight: 2, arbitrary: nested },
    { weight: 1, arbitrary: twice },
    { weight: 2, arbitrary: fc.tuple(single, single).map(([a, b]) => ({ ...a, ...b })) },
  )
}

const part = fc.constantFrom<unknown>('x', 5, '5', true, 'p')
const both = ['not', 'exactly']
const fieldTests: [string[], fc.Arbitrary<object>][] = [
  [['nickName', 'original.nickName'], wordsOf([...textValueWords(text), ...textWords(needle), ...wordWords], both)],
  [
    ['groupID', 'userID'],
    wordsOf([...textValueWords(fc.constantFrom(...ids)), ...textWords(fc.constantFrom('u', '-1', 'school'))], both),
  ],
  [
    ['faceURL'],
    wordsOf(
      [
        ...valueWords(fc.constantFrom(...urls)),
        ...textWords(fc.constantFrom('http', 'example', '.png')),
        word('hosted on', fc.constantFrom<unknown>('example.com', 'excepted-hosts', ['evil.net', 'example.com'])),
        word('is a url', yes),
      ],
      both,
    ),
  ],
  [
    ['faceURL.host', 'faceURL.scheme', 'faceURL.path', 'faceURL.extension'],
    wordsOf(
      [
        ...valueWords(fc.constantFrom('example.com', 'https', '/a.png', 'jpg')),
        ...textWords(fc.constantFrom('e', '/')),
      ],
      both,
    ),
  ],
  [
    ['roleLevel'],
    wordsOf(
      [
        ...valueWords(fc.constantFrom<unknown>('member', 'admin', 100)),
        ...numberWords(fc.constantFrom<unknown>('admin', 20)),
      ],
      ['not'],
    ),
  ],
  [
    ['nickName.links', 'original.nickName.links'],
    wordsOf(
      [
        word(
          'any item',
          fc.constantFrom<unknown>({ 'hosted on': 'a.com' }, { '.host': 'a.com', not: { '.path': '/x' } }),
        ),
        word('every item', fc.constantFrom<unknown>({ 'starts with': 'https' }, { '.shown host': { absent: true } })),
        word('how many', fc.constantFrom<unknown>(1, { 'more than': 1 })),
        word('present', yes),
        word('absent', yes),
      ],
      ['not'],
    ),
  ],
  [
    ['nickName.capitals', 'nickName.emoji', 'nickName.lines', 'nickName.words', 'nickName.longest run'],
    wordsOf([...valueWords(count), ...numberWords(count)], ['not']),
  ],
  [['nickName.stacked marks', 'nickName.gist.length'], wordsOf([...valueWords(count), ...numberWords(count)], ['not'])],
  [
    ['nickName.gist'],
    wordsOf([...valueWords(wordTexts.filter(hasLetters)), ...textWords(wordTexts.filter(hasLetters))], both),
  ],
  [
    ['nickName.scripts'],
    wordsOf(
      [
        word('any item', fc.constantFrom<unknown>('latin', ['han', 'cyrillic'], { not: { is: 'latin' } })),
        word('every item', fc.constantFrom<unknown>('latin', { 'starts with': 'la' })),
        word('how many', count),
      ],
      ['not'],
    ),
  ],
  [['nickName.length', 'userID.length'], wordsOf([...valueWords(count), ...numberWords(count)], ['not'])],
  [
    ['ex'],
    wordsOf(
      [...valueWords(fc.constantFrom(...jsons)), ...textWords(fc.constantFrom('{', 'a')), word('is json', yes)],
      both,
    ),
  ],
  [
    ['ex.a.b', 'ex.n', 'ex.t.0', 'ex.__proto__.b', 'ex.f', 'ex.a'],
    wordsOf([...textValueWords(part), ...textWords(fc.constantFrom('x', 'p')), ...numberWords(count)], both),
  ],
]

const leaf: fc.Arbitrary<object> = fc.oneof(
  ...fieldTests.map(([fields, tests]) =>
    fc.tuple(fc.constantFrom(...fields), tests).map(([field, found]) => ({ [field]: found })),
  ),
  fc
    .tuple(
      fc.constantFrom('nickName', 'userID'),
      fc.constantFrom('equal', 'notEqual', 'contains', 'doesNotContain', 'starts with', 'is'),
      fc.constantFrom('admin', 'u-1'),
    )
    .map(([fact, operator, value]) => ({ fact, operator, value })),
  fc
    .tuple(
      fc.constantFrom('lessThan', 'lessThanInclusive', 'greaterThan', 'greaterThanInclusive', 'equal'),
      fc.constantFrom(20, 60),
    )
    .map(([operator, value]) => ({ fact: 'roleLevel', operator, value })),
  fc
    .tuple(fc.constantFrom('in', 'notIn'), fc.constantFrom(['u-1'], ['u-1', 'U-1']))
    .map(([operator, value]) => ({ fact: 'userID', operator, value })),
  fc.constantFrom(
    { time: { within: '22:00-12:30' } },
    { time: { days: ['wed'] } },
    { time: { on: '2026-03-04' } },
    { time: { 'not on': ['2026-03-01 to 2026-03-04'] } },
  ),
  fc.constantFrom('absent', 'present').map(alone => ({ nickName: { [alone]: true } })),
)

/** A condition of any shape that the language allows, as it stands in YAML (which JSON is). */
export const conditions = conditionsOf(leaf)

function conditionsOf(leaf: fc.Arbitrary<object>, maxDepth = 4): fc.Arbitrary<object> {
  return fc.letrec<{ condition: object }>(tie => ({
    condition: fc.oneof(
      { maxDepth, withCrossShrink: true },
      { weight: 3, arbitrary: leaf },
      { weight: 1, arbitrary: fc.tuple(leaf, leaf).map(([a, b]) => mergeable(a, b)) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom('all', 'any', 'none'), fc.array(tie('condition'), { minLength: 1, maxLength: 3 }))
          .map(([group, parts]) => ({ [group]: parts })),
      },
      { weight: 1, arbitrary: tie('condition').map(inner => ({ not: inner })) },
    ),
  })).condition
}

/** Two leaves as one mapping, where that keeps both. */
function mergeable(a: object, b: object): object {
  return 'fact' in a || 'fact' in b ? { all: [a, b] } : { ...a, ...b }
}

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 })

/** What a call sends: any field may be absent. */
export const calls: fc.Arbitrary<Given> = fc.record({
  groupID: maybe(fc.constantFrom(...ids)),
  userID: maybe(fc.constantFrom(...ids)),
  nickName: maybe(text),
  faceURL: maybe(fc.constantFrom(...urls)),
  roleLevel: maybe(fc.constantFrom(...roles)),
  ex: maybe(fc.constantFrom(...jsons)),
})

/** Steps of a rewrite of the nickname. */
const rewrites = fc.constantFrom<unknown>(
  'trim',
  'collapse spaces',
  'remove invisible',
  'lower case',
  { 'cut to': 3 },
  ['upper case', { replace: { text: 'A', with: 'b' } }],
  { set: 'admin' },
  { 'mask words in': ['admin', '管理'] },
  'mask links',
  { 'mask phone numbers': 'cn', with: '#' },
  'mask emails',
  { 'mask pattern': '[ad]+', with: '#' },
  { 'replace pattern': { find: '(a)|m', with: '<{match.1}>' } },
  { 'mask words in': 'excepted' },
  { 'mask words in': ['*min', '*员'] },
  { 'replace words in': { 'adm*': 'c++', 管理员: 'boss', c: '' } },
  'normalise',
)

/** A rule with its name left out: any condition, any outcome, any mode. */
export const ruleBodies = bodiesOf(
  conditions,
  rewrites.map(steps => ({ nickName: steps })),
)

function bodiesOf(conditions: fc.Arbitrary<object>, rewrites: fc.Arbitrary<object>): fc.Arbitrary<object> {
  return fc
    .tuple(
      conditions,
      fc.option(conditions, { nil: undefined, freq: 3 }),
      fc.oneof(
        fc.constant({ reject: 5001 }),
        rewrites.map(rewrite => ({ rewrite })),
        fc.constant({ allow: 'everything' }),
      ),
      fc.constantFrom<unknown>('enforce', 'enforce', 'shadow', { enforce: '50 %', by: 'groupID' }),
      fc.constantFrom(100, 100, 50),
    )
    .map(([when, unless, outcome, mode, order]) => ({ when, ...(unless && { unless }), ...outcome, mode, order }))
}

/** A file of rules, as YAML. */
export const ruleFiles = filesOf(ruleBodies)

function filesOf(bodies: fc.Arbitrary<object>, callback?: string): fc.Arbitrary<string> {
  return fc.array(bodies, { minLength: 1, maxLength: 6 }).map(all =>
    fileOf(
      all.map((body, at) => ({ rule: `r${at}`, ...body })),
      callback,
    ),
  )
}

/** Rules as the text of a file. Of several files of a folder one defines the lists. */
export function fileOf(rules: readonly object[], callback = 'beforeSetGroupMemberInfo', named: object = lists): string {
  return JSON.stringify({ callback, zone: 'Asia/Shanghai', lists: named, rules }, null, 1)
}

/** Tests of one item of a list of members: the fields of members, one of them under another name. */
const itemLeaf = fc.oneof(
  ...fieldTests.flatMap(([fields, tests]) => {
    const own = fields.filter(field => !/^(?:original|groupID|nickName)/.test(field))
    const all = fields.includes('nickName') ? [...own, 'nickname'] : own
    return all.length === 0
      ? []
      : [fc.tuple(fc.constantFrom(...all), tests).map(([field, found]) => ({ [field]: found }))]
  }),
)

/** What the items of a list must be, how many they are, and whether it is there at all. */
function listWords(item: fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  return wordsOf(
    [
      word('any item', item),
      word('any item', item),
      word('every item', item),
      word('how many', fc.oneof(count, fc.oneof(...numberWords(count)))),
      word('present', yes),
      word('absent', yes),
    ],
    ['not'],
  )
}

const partTests = wordsOf([...valueWords(part), ...textWords(fc.constantFrom('x', 'p')), ...numberWords(count)], both)
const itemsInJson = fc.oneof(
  partTests,
  conditionsOf(
    fc.tuple(fc.constantFrom('n', 'a.b', 't.0'), partTests).map(([path, found]) => ({ [path]: found })),
    1,
  ),
)
const listLeaf = fc.oneof(
  { weight: 4, arbitrary: listWords(conditionsOf(itemLeaf, 2)).map(found => ({ memberList: found })) },
  { weight: 1, arbitrary: listWords(conditionsOf(itemLeaf, 1)).map(found => ({ 'original.memberList': found })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.constantFrom('groupEx.t', 'groupEx.o', 'groupEx.a', 'groupEx.none'), listWords(itemsInJson))
      .map(([field, found]) => ({ [field]: found })),
  },
  {
    weight: 1,
    arbitrary: conditionsOf(itemLeaf, 1).map(value => ({ fact: 'memberList', operator: 'any item', value })),
  },
)

const jsonLists = [...jsons, '{"t":["x",5,null,["x"]],"o":[{"n":5,"a":{"b":"x"}},{"n":"5"},7,null],"a":[]}', '{"t":[]}']

/** A user who joins: what is not sent of one is absent. */
const members = fc.record(
  {
    userID: fc.constantFrom(...ids),
    ex: maybe(fc.constantFrom(...jsons)),
    nickname: maybe(text),
    faceURL: maybe(fc.constantFrom(...urls)),
    roleLevel: maybe(fc.constantFrom(...roles)),
  },
  { requiredKeys: [] },
)

/** What happens to the items of a list of members. */
const itemRewrites = fc
  .tuple(fc.option(conditionsOf(itemLeaf, 1), { nil: undefined }), rewrites, rewrites)
  .map(([when, nickname, ex]) => ({ memberList: { 'each item': { ...(when && { when }), nickname, ex } } }))

const joiningConditions = conditionsOf(listLeaf, 2)

/** Conditions, rules and calls about users who join a group: a list of them. */
export const joining = {
  callback: 'beforeMembersJoinGroup',
  conditions: joiningConditions,
  calls: fc.record({
    groupID: maybe(fc.constantFrom(...ids)),
    memberList: maybe(fc.array(members, { maxLength: 3 })),
    groupEx: maybe(fc.constantFrom(...jsonLists)),
  }) as fc.Arbitrary<Given>,
  ruleFiles: filesOf(bodiesOf(joiningConditions, itemRewrites), 'beforeMembersJoinGroup'),
}

/** The same about one member whose info is set. */
export const setting = { callback: 'beforeSetGroupMemberInfo', conditions, calls, ruleFiles }
