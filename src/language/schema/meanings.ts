import type { FieldPart } from '../field.ts'
import type { countings, keys, modes, unsureChoices } from '../vocabulary.ts'

/** One line for authors, and a sample. */
export type Meaning = { meaning: string; example: string }

type Section = keyof typeof keys

/** The meaning of every key, by section: shown by editors and listed in the documentation. */
export const meanings: { [S in Section]: Record<(typeof keys)[S][number], Meaning> } = {
  file: {
    callback: {
      meaning: 'the callback that the rules of this file decide, or a list of callbacks',
      example: 'callback: beforeSetGroupMemberInfo',
    },
    when: {
      meaning: 'a condition for every rule of this file, in addition to its own',
      example: 'when: { groupID: { starts with: school- } }',
    },
    zone: {
      meaning: 'the time zone for time, from and until in this file',
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
    dates: {
      meaning: 'days by name, for every file in the folder; time takes them with on and not on',
      example: 'dates: { holidays: [2027-10-01 to 2027-10-07, 2027-12-25] }',
    },
    conditions: {
      meaning: 'conditions by name, for every file of the folder; use refers to them',
      example: 'conditions: { promotes: { roleLevel: { at least: admin } } }',
    },
    counters: {
      meaning: 'what is counted over time, by name, for every file of the folder; how often and how long since ask it',
      example:
        'counters: { renames: { callback: beforeSetGroupMemberInfo, when: { nickName: present }, same: userID } }',
    },
    protect: {
      meaning: 'lists of user ids, for the whole folder: hookwarden impact names first who of them would be refused',
      example: 'protect: [staff, vip-users]',
    },
    rules: {
      meaning: 'the rules, each starting with a dash',
      example: 'rules: [{ rule: no-links, when: { nickName: { contains: "://" } }, reject: 5002 }]',
    },
    tests: {
      meaning: 'tests of the whole rule set; tests of a single rule go into that rule',
      example: 'tests: [{ given: { nickName: Alice }, expect: allow }]',
    },
    language: {
      meaning:
        'the number of the language that the folder was written for, in any one file; check lists what changed since',
      example: 'language: 2',
    },
  },
  rule: {
    rule: {
      meaning: 'the unique name of the rule: lowercase letters and digits, joined by hyphens',
      example: 'rule: no-links',
    },
    why: {
      meaning: 'a note for readers',
      example: 'why: Spammers put their addresses into nicknames',
    },
    callback: {
      meaning: 'the callback that this rule decides; without it, that of the file',
      example: 'callback: beforeSetGroupMemberInfo',
    },
    when: {
      meaning: 'the condition; all lines of it must be true',
      example: 'when: { nickName: { contains: "://" } }',
    },
    conditions: {
      meaning: 'the same as when, in the syntax of json-rules-engine',
      example: 'conditions: { all: [{ fact: nickName, operator: equal, value: admin }] }',
    },
    unless: {
      meaning: 'an exception: the rule does not apply when this is definitely true',
      example: 'unless: { userID: { in list: [u-100, u-101] } }',
    },
    reject: {
      meaning: 'rejects the call, with a code from 5000 to 9999 or a code name, and a message for the user',
      example: 'reject: { code: 5002, message: Links are not allowed in nicknames }',
    },
    rewrite: {
      meaning: 'changes fields, each by one step or several in order; set replaces the value',
      example: 'rewrite: { nickName: [trim, { cut to: 24 }] }',
    },
    allow: {
      meaning: 'exempts the call from the named reject rules, or from everything',
      example: 'allow: everything',
    },
    event: {
      meaning: 'the outcome, in the syntax of json-rules-engine',
      example: 'event: { type: reject, params: { code: 5002 } }',
    },
    mode: {
      meaning:
        'enforce (the default); shadow, which reports what it would do and changes nothing; disabled, which never runs',
      example: 'mode: shadow',
    },
    order: {
      meaning: 'lower runs first; the default is 100; equal ones run in the order of the files',
      example: 'order: 50',
    },
    from: {
      meaning: 'the first day the rule is in force, or a date and time with an offset',
      example: 'from: 2026-03-01',
    },
    until: {
      meaning: 'the last day the rule is in force, or a date and time with an offset',
      example: 'until: 2026-03-31',
    },
    'if unsure': {
      meaning:
        'while the shared counts cannot be reached: skip (the default), the rule does not fire on what is unsure; fire, tests that are unsure hold',
      example: 'if unsure: fire',
    },
    tests: {
      meaning: 'tests of this rule alone: given values and the expected outcome',
      example: 'tests: [{ given: { userID: u-1 }, expect: allow }]',
    },
  },
  condition: {
    all: {
      meaning: 'all of these conditions are true',
      example: 'all: [{ nickName: present }, { userID: u-1 }]',
    },
    any: {
      meaning: 'at least one of these conditions is true',
      example: 'any: [{ userID: u-1 }, { groupID: g-1 }]',
    },
    none: {
      meaning: 'none of these conditions is true',
      example: 'none: [{ userID: u-1 }, { groupID: g-1 }]',
    },
    not: {
      meaning: 'this condition is false; for an absent field it is neither true nor false',
      example: 'not: { groupID: g-1 }',
    },
    use: {
      meaning: 'a condition named under conditions',
      example: 'use: promotes',
    },
    time: {
      meaning: 'the call arrives at this time of day or on these days',
      example: 'time: { within: "22:00-07:00", days: weekdays, zone: Asia/Shanghai }',
    },
    'how often': {
      meaning:
        'how often it came to this: calls for which everything beside it holds, this one included; with of, the calls of a counter',
      example: 'how often: { same: userID, in: 1 day, more than: 3 }',
    },
    'how long since': {
      meaning: 'how long ago the last earlier call of a counter was; unknown if there was none',
      example: 'how long since: { of: renames, same: userID, less than: 10 minutes }',
    },
  },
  'how often': {
    of: {
      meaning: 'the counter to ask; without it, the calls of this rule count',
      example: '{ of: renames, same: userID, in: 1 day, at least: 3 }',
    },
    same: {
      meaning:
        'the field that must be the same in the calls that count together, or up to 4 of them; each LIST counts for every item of a list; without it, all calls count together',
      example: '{ same: [groupID, userID], in: 1 day, more than: 3 }',
    },
    different: {
      meaning: 'counts different values of this field, or of the items of this list, and not calls',
      example: '{ same: userID, different: groupID, in: 5 minutes, more than: 3 }',
    },
    in: {
      meaning: 'how far back calls count: a number and second, minute, hour or day, up to 30 days',
      example: '{ same: userID, in: 10 seconds, more than: 5 }',
    },
    'more than': {
      meaning: 'it holds for the call after this number',
      example: '{ same: userID, in: 10 seconds, more than: 5 }',
    },
    'at least': {
      meaning: 'it holds from this number on',
      example: '{ same: userID, in: 1 day, at least: 3 }',
    },
    'at most': {
      meaning: 'it holds up to this number',
      example: '{ same: userID, in: 1 day, at most: 1 }',
    },
    'less than': {
      meaning: 'it holds below this number',
      example: '{ same: userID, in: 1 day, less than: 2 }',
    },
    is: {
      meaning: 'it holds for exactly this number',
      example: '{ same: userID, in: 1 day, is: 1 }',
    },
    between: {
      meaning: 'it holds in this range, both ends included',
      example: '{ same: userID, in: 1 day, between: [2, 5] }',
    },
    counting: {
      meaning: 'which calls count: let through (the default), refused, or all',
      example: '{ same: userID, in: 1 hour, at least: 3, counting: all }',
    },
    'then for': {
      meaning: 'once it holds, it goes on holding for this long, for the same values of same',
      example: '{ same: userID, in: 10 seconds, more than: 8, then for: 1 minute }',
    },
  },
  'how long since': {
    of: {
      meaning: 'the counter whose last earlier call is looked at',
      example: '{ of: renames, same: userID, less than: 10 minutes }',
    },
    same: {
      meaning: 'the fields of this call, one for each of the counter, in its order',
      example: '{ of: renames, same: userID, less than: 10 minutes }',
    },
    'less than': {
      meaning: 'it was less than this long ago',
      example: '{ of: renames, same: userID, less than: 10 minutes }',
    },
    'more than': {
      meaning: 'it was more than this long ago',
      example: '{ of: renames, same: userID, more than: 7 days }',
    },
  },
  counter: {
    callback: {
      meaning: 'the callback whose calls count, or a list of callbacks',
      example: '{ callback: beforeSetGroupMemberInfo, same: userID }',
    },
    when: {
      meaning: 'a condition on the calls that count; without it, all of them do',
      example: '{ callback: beforeSetGroupMemberInfo, when: { nickName: present }, same: userID }',
    },
    same: {
      meaning: 'the field that must be the same in the calls that count together, or up to 4 of them',
      example: '{ callback: beforeSetGroupMemberInfo, same: [groupID, userID] }',
    },
    different: {
      meaning: 'counts different values of this field, or of the items of this list, and not calls',
      example: '{ callback: beforeSetGroupMemberInfo, same: userID, different: groupID }',
    },
    counting: {
      meaning: 'which calls count: let through (the default), refused, or all',
      example: '{ callback: beforeSetGroupMemberInfo, same: userID, counting: all }',
    },
  },
  native: {
    fact: {
      meaning: 'the field that a native condition tests',
      example: '{ fact: nickName, operator: equal, value: admin }',
    },
    operator: {
      meaning: 'an exact operator of json-rules-engine, or a test word',
      example: '{ fact: roleLevel, operator: greaterThanInclusive, value: 60 }',
    },
    value: {
      meaning: 'the value that the operator compares with',
      example: '{ fact: userID, operator: in, value: [u-1, u-2] }',
    },
  },
  time: {
    within: {
      meaning: 'from one time up to another, which is excluded; it may cross midnight',
      example: 'within: "22:00-07:00"',
    },
    days: {
      meaning: 'days of the week: weekdays, weekends, mon to sun, or ranges such as mon-fri',
      example: 'days: [mon-fri, sun]',
    },
    on: {
      meaning: 'whole days: a name from dates, a day, a range of days, or a list of these',
      example: 'on: holidays',
    },
    'not on': {
      meaning: 'whole days on which it does not hold, written like on',
      example: 'not on: [holidays, 2027-12-24]',
    },
    zone: {
      meaning: 'the time zone of this time; without it, that of the file',
      example: '{ within: "22:00-07:00", zone: Asia/Shanghai }',
    },
  },
  code: {
    code: {
      meaning: 'a number from 5000 to 9999; in reject also a code name',
      example: '{ code: 5001 }',
    },
    message: {
      meaning: 'the message for the user (errMsg); fields go in braces, and {wait} is how many seconds to wait',
      example: '{ code: 5001, message: "{nickName} is reserved for staff" }',
    },
    detail: {
      meaning: 'details for developers (errDlt); fields go in braces',
      example: '{ code: 5001, detail: "refused {userID}" }',
    },
  },
  event: {
    type: {
      meaning: 'reject, rewrite or allow',
      example: '{ type: allow, params: everything }',
    },
    params: {
      meaning: 'the value that would follow reject, rewrite or allow',
      example: '{ type: reject, params: { code: 5001 } }',
    },
  },
  case: {
    name: {
      meaning: 'the name of the test in reports',
      example: '{ name: a good name passes, given: { nickName: Alice }, expect: allow }',
    },
    after: {
      meaning: 'calls that came before, for rules that count; each ago is measured from the call of the test',
      example: '{ after: [{ times: 5, ago: 9 seconds }], given: { userID: u-1 }, expect: allow }',
    },
    given: {
      meaning: 'the fields that the call sets; all others are absent',
      example: '{ given: { nickName: Alice }, expect: allow }',
    },
    at: {
      meaning: 'when the call arrives, if that matters: in the time zone of the file, or with an offset',
      example: '{ given: { userID: u-1 }, at: "2026-03-01T23:30:00+08:00", expect: allow }',
    },
    callback: {
      meaning: 'the callback, if the file or rule decides several',
      example: '{ given: { userID: u-1 }, callback: beforeSetGroupMemberInfo, expect: allow }',
    },
    expect: {
      meaning: 'the outcome: allow (nothing changed), reject with a code, or rewrite with every changed field',
      example: '{ given: { userID: u-1 }, expect: allow }',
    },
  },
  earlier: {
    ago: {
      meaning: 'how long before the call of the test it came',
      example: '{ ago: 9 seconds }',
    },
    times: {
      meaning: 'how many such calls came then; without it, one',
      example: '{ times: 5, ago: 9 seconds }',
    },
    given: {
      meaning: 'fields that differ from those of the test',
      example: '{ ago: 1 minute, given: { userID: u-2 } }',
    },
    callback: {
      meaning: 'the callback of the earlier call, if it is another',
      example: '{ ago: 1 hour, callback: beforeSetGroupMemberInfo }',
    },
  },
  expect: {
    reject: {
      meaning: 'the call is rejected with this code',
      example: '{ reject: 5001 }',
    },
    message: {
      meaning: 'the exact message for the user, beside reject',
      example: '{ reject: 5001, message: Links are not allowed }',
    },
    rewrite: {
      meaning: 'the call passes with exactly these fields changed',
      example: '{ rewrite: { nickName: Alice } }',
    },
    by: {
      meaning: 'the rule that must have decided',
      example: '{ reject: 5001, by: no-links }',
    },
  },
  'replace pattern': {
    find: {
      meaning: 'the regular expression (RE2) to search for',
      example: "{ find: '!{2,}', with: '!' }",
    },
    with: {
      meaning: 'the text that replaces each match; {match} is the match, {match.1} its first group',
      example: "{ find: '([0-9]{3})[0-9]+', with: '{match.1}…' }",
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
      meaning: 'the text to replace; case counts',
      example: '{ text: "_", with: " " }',
    },
    with: {
      meaning: 'the text to put there instead',
      example: '{ text: "_", with: "" }',
    },
  },
}

/** The meaning of every mode. */
export const modeMeanings: Record<(typeof modes)[number], string> = {
  enforce: 'the rule takes effect',
  shadow: 'the rule is evaluated and reported, and changes nothing',
  disabled: 'the rule is checked, and never runs',
}

/** Which calls count, by what became of them. */
export const countingMeanings: Record<(typeof countings)[number], string> = {
  'let through': 'calls that were let through, rewritten or not',
  refused: 'calls that were refused, by any rule or for a failure; this one is not yet one of them',
  all: 'both',
}

/** What a rule does while a count is unsure. */
export const unsureMeanings: Record<(typeof unsureChoices)[number], string> = {
  skip: 'the rule does not fire because of what is unsure',
  fire: 'conditions that are unsure hold, and unsure exceptions do not',
}

/** The parts of a field, except JSON paths. */
export const partMeanings: Record<Exclude<FieldPart['kind'], 'whole' | 'json' | 'inside' | 'count'>, string> = {
  length: 'how many characters it has',
  links: 'the links in it, each a url, however they are hidden; absent if it has none',
  capitals: 'the share of capitals among its letters with case, in percent; absent if it has none of those',
  emoji: 'how many emoji it has; a flag, a family or a keycap is one',
  lines: 'how many lines it has',
  words: 'how many words it has: runs of letters and digits; by a dictionary in scripts without spaces',
  'longest run': 'how many times the same character is repeated in a row, at most; 4 for haaaa',
  'stacked marks':
    'the most accents on one letter beyond what any language needs; 0 for ordinary text, 3 or more for Zalgo',
  scripts: 'a list of the scripts of its letters, such as latin, cyrillic, han, hiragana, arabic',
  mentions: 'how many different people are mentioned; a mention of everybody counts as one',
  gist: 'its letters as look-alikes read them, without digits, signs, spaces, emoji, case or accents',
  'gist.length': 'how many characters its gist has',
  scheme: 'its scheme, in lower case, without a colon',
  host: 'its host, in lower case, without a port',
  path: 'its path, starting with a slash, without the query',
  extension: 'the text after the last dot of its path, in lower case',
}
