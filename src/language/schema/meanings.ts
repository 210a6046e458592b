import type { FieldPart } from '../field.ts'
import type { keys, modes } from '../vocabulary.ts'

/** One line for authors, and how it is written. */
export type Meaning = { meaning: string; example: string }

type Section = keyof typeof keys

/** What every key means, by where it stands: editors show it, and the documentation lists it. */
export const meanings: { [S in Section]: Record<(typeof keys)[S][number], Meaning> } = {
  file: {
    callback: {
      meaning: 'what the rules of this file decide: one webhook of the IM server, or a list of them',
      example: 'callback: beforeSetGroupMemberInfo',
    },
    when: {
      meaning: 'a condition for every rule of this file, beside its own',
      example: 'when: { groupID: { starts with: school- } }',
    },
    zone: {
      meaning: 'the clock for time, from and until in this file',
      example: 'zone: Asia/Shanghai',
    },
    codes: {
      meaning: 'reject codes by name, for every file of the folder; numbers are from 5000 to 9999',
      example: 'codes: { staff-name: { code: 5001, message: Reserved for staff } }',
    },
    lists: {
      meaning: 'short lists by name, for every file of the folder; long ones are files in lists/',
      example: 'lists: { vip-users: [u-100, u-101] }',
    },
    conditions: {
      meaning: 'conditions by name, for every file of the folder; rules take them with use',
      example: 'conditions: { promotes: { roleLevel: { at least: admin } } }',
    },
    rules: {
      meaning: 'the rules, each after a dash',
      example: 'rules: [{ rule: no-links, when: { nickName: { contains: "://" } }, reject: 5002 }]',
    },
    tests: {
      meaning: 'tests of the whole set of rules; those of one rule stand in it',
      example: 'tests: [{ given: { nickName: Alice }, expect: allow }]',
    },
  },
  rule: {
    rule: {
      meaning: 'the name of the rule: small letters and digits, joined by hyphens; no two are the same',
      example: 'rule: no-links',
    },
    why: {
      meaning: 'a note for the reader',
      example: 'why: Spammers put their addresses into nicknames',
    },
    callback: {
      meaning: 'what this rule decides, where the file does not say it for all',
      example: 'callback: beforeSetGroupMemberInfo',
    },
    when: {
      meaning: 'what must hold; all lines of it must',
      example: 'when: { nickName: { contains: "://" } }',
    },
    conditions: {
      meaning: 'the same as when, in the words of json-rules-engine',
      example: 'conditions: { all: [{ fact: nickName, operator: equal, value: admin }] }',
    },
    unless: {
      meaning: 'an exception: it exempts when it definitely holds',
      example: 'unless: { userID: { in list: [u-100, u-101] } }',
    },
    reject: {
      meaning: 'refuses the call, with a code from 5000 to 9999 or the name of one, and what the user is told',
      example: 'reject: { code: 5002, message: Links are not allowed in nicknames }',
    },
    rewrite: {
      meaning: 'changes fields, each by a step or several in order; set says what to put there',
      example: 'rewrite: { nickName: [trim, { cut to: 24 }] }',
    },
    allow: {
      meaning: 'exempts the call from the reject rules named, or from everything',
      example: 'allow: everything',
    },
    event: {
      meaning: 'the outcome in the words of json-rules-engine',
      example: 'event: { type: reject, params: { code: 5002 } }',
    },
    mode: {
      meaning: 'enforce when it is not said; shadow reports what it would do and changes nothing; disabled never runs',
      example: 'mode: shadow',
    },
    order: {
      meaning: 'lower goes first; 100 when it is not said, and then as the files stand',
      example: 'order: 50',
    },
    from: {
      meaning: 'the first day it is in force, or an instant with its offset',
      example: 'from: 2026-03-01',
    },
    until: {
      meaning: 'the last day it is in force, or an instant with its offset',
      example: 'until: 2026-03-31',
    },
    tests: {
      meaning: 'tests of this rule alone: what is given, and what must come out',
      example: 'tests: [{ given: { userID: u-1 }, expect: allow }]',
    },
  },
  condition: {
    all: {
      meaning: 'all of these conditions hold',
      example: 'all: [{ nickName: present }, { userID: u-1 }]',
    },
    any: {
      meaning: 'at least one of these conditions holds',
      example: 'any: [{ userID: u-1 }, { groupID: g-1 }]',
    },
    none: {
      meaning: 'none of these conditions holds',
      example: 'none: [{ userID: u-1 }, { groupID: g-1 }]',
    },
    not: {
      meaning: 'this condition does not hold; of an absent field nobody can tell',
      example: 'not: { groupID: g-1 }',
    },
    use: {
      meaning: 'a condition by its name in conditions',
      example: 'use: promotes',
    },
    time: {
      meaning: 'the call comes at this time of the day or on these days',
      example: 'time: { within: "22:00-07:00", days: weekdays, zone: Asia/Shanghai }',
    },
  },
  native: {
    fact: {
      meaning: 'the field that a native condition tests',
      example: '{ fact: nickName, operator: equal, value: admin }',
    },
    operator: {
      meaning: 'an operator of json-rules-engine, letter by letter, or a test word',
      example: '{ fact: roleLevel, operator: greaterThanInclusive, value: 60 }',
    },
    value: {
      meaning: 'what the operator compares with',
      example: '{ fact: userID, operator: in, value: [u-1, u-2] }',
    },
  },
  time: {
    within: {
      meaning: 'from one time to another, which is not part of it; it may go over midnight',
      example: 'within: "22:00-07:00"',
    },
    days: {
      meaning: 'days of the week: weekdays, weekends, mon to sun, or runs such as mon-fri',
      example: 'days: [mon-fri, sun]',
    },
    zone: {
      meaning: 'the clock of this time; without it, that of the file',
      example: '{ within: "22:00-07:00", zone: Asia/Shanghai }',
    },
  },
  code: {
    code: {
      meaning: 'a number from 5000 to 9999; in reject also the name of a code',
      example: '{ code: 5001 }',
    },
    message: {
      meaning: 'what the user is told (errMsg); fields stand in braces',
      example: '{ code: 5001, message: "{nickName} is reserved for staff" }',
    },
    detail: {
      meaning: 'more for developers (errDlt); fields stand in braces',
      example: '{ code: 5001, detail: "refused {userID}" }',
    },
  },
  event: {
    type: {
      meaning: 'reject, rewrite or allow',
      example: '{ type: allow, params: everything }',
    },
    params: {
      meaning: 'what would stand after reject, rewrite or allow',
      example: '{ type: reject, params: { code: 5001 } }',
    },
  },
  case: {
    name: {
      meaning: 'what the test shows, for reports',
      example: '{ name: a good name passes, given: { nickName: Alice }, expect: allow }',
    },
    given: {
      meaning: 'the fields that the call sets; all others are absent',
      example: '{ given: { nickName: Alice }, expect: allow }',
    },
    at: {
      meaning: 'when the call comes, where that matters: in the zone of the file, or with an offset',
      example: '{ given: { userID: u-1 }, at: "2026-03-01T23:30:00+08:00", expect: allow }',
    },
    callback: {
      meaning: 'what is asked, where the file or rule decides several',
      example: '{ given: { userID: u-1 }, callback: beforeSetGroupMemberInfo, expect: allow }',
    },
    expect: {
      meaning: 'what must come out: allow (nothing changed), reject with a code, or rewrite with every changed field',
      example: '{ given: { userID: u-1 }, expect: allow }',
    },
  },
  expect: {
    reject: {
      meaning: 'the call is refused with this code',
      example: '{ reject: 5001 }',
    },
    message: {
      meaning: 'the user is told exactly this, beside reject',
      example: '{ reject: 5001, message: Links are not allowed }',
    },
    rewrite: {
      meaning: 'the call passes with exactly these fields changed',
      example: '{ rewrite: { nickName: Alice } }',
    },
    by: {
      meaning: 'the rule that must have done it',
      example: '{ reject: 5001, by: no-links }',
    },
  },
  list: {
    words: {
      meaning: 'the entries of the list',
      example: 'words: [ass, hell]',
    },
    pairs: {
      meaning: 'in place of words: the entries, each with the text that replace words in puts in its place',
      example: 'pairs: { damn: darn }',
    },
    except: {
      meaning: 'what is no hit: an entry that is found inside one of these does not count',
      example: 'except: [bad ass]',
    },
  },
  replace: {
    text: {
      meaning: 'what is looked for, letter by letter',
      example: '{ text: "_", with: " " }',
    },
    with: {
      meaning: 'what is put in its place',
      example: '{ text: "_", with: "" }',
    },
  },
}

/** What every mode means. */
export const modeMeanings: Record<(typeof modes)[number], string> = {
  enforce: 'the rule acts',
  shadow: 'the rule is evaluated and reported, and changes nothing',
  disabled: 'the rule is checked, and never runs',
}

/** What the parts of a field are, JSON aside. */
export const partMeanings: Record<Exclude<FieldPart['kind'], 'whole' | 'json' | 'inside' | 'count'>, string> = {
  length: 'how many characters it has',
  scheme: 'its scheme, in small letters, without a colon',
  host: 'its host, in small letters, without a port',
  path: 'its path, which begins with a slash, without the query',
  extension: 'what follows the last dot of its path, in small letters',
}
