/** One policy of a chosen size in four spellings: YAML, json-rules-engine's own, plain closures; and calls for it. */
import { Engine, Operator, type RuleProperties } from 'json-rules-engine'
import { fold } from '../../src/text/fold.ts'
import type { SourceFile } from '../../src/yaml/source.ts'

/** The body of a call, as the IM server sends it. */
export type Body = {
  callbackCommand: string
  groupID: string
  userID: string
  nickName: string
  faceURL: string
  roleLevel: number
  ex: string
}

/** What a call is made to meet: no rule, one that refuses, or one that rewrites and one that refuses. */
export const kinds = ['none', 'one', 'two'] as const

export type Kind = (typeof kinds)[number]

/** Calls of a kind, each a little different from the others. */
export function bodiesOf(kind: Kind): Body[] {
  return Array.from({ length: 64 }, (_, at) => ({
    callbackCommand: 'callbackBeforeSetGroupMemberInfoCommand',
    groupID: kind === 'none' ? `group-${at}` : 'g-0',
    userID: `user-${1000 + at}`,
    nickName: kind === 'two' ? `free coins 5x ${at}` : `Ann Miller of York ${at}`,
    faceURL: `https://cdn.example.com/avatars/${at}/image.png`,
    roleLevel: kind === 'none' ? 20 : 60,
    ex: 'Extra data',
  }))
}

/** One rule, whatever it is spelt in. Of ten: four on ids and roles, three on nicknames, two on avatars, one a list. */
type Part =
  | { on: 'group'; groupID: string }
  | { on: 'pattern'; pattern: string }
  | { on: 'text'; text: string }
  | { on: 'word'; word: string }
  | { on: 'host'; host: string }
  | { on: 'prefix'; prefix: string }
  | { on: 'users'; users: readonly string[] }

function partAt(at: number): Part {
  switch (at % 10) {
    case 4:
      return { on: 'pattern', pattern: `^vip-?${at}[a-z]{2}$` }
    case 5:
      return { on: 'text', text: `free coins ${at}x` }
    case 6:
      return { on: 'word', word: `seller${at}` }
    case 7:
      return { on: 'host', host: `bad${at}.example.com` }
    case 8:
      return { on: 'prefix', prefix: `http://old${at}.example.net/` }
    case 9:
      return { on: 'users', users: Array.from({ length: 20 }, (_, user) => `u-${at}-${user}`) }
    default:
      return { on: 'group', groupID: `g-${at}` }
  }
}

/** The rules in a folder: at most a hundred files. */
export function yamlOf(count: number): SourceFile[] {
  const perFile = Math.max(10, Math.ceil(count / 100))
  return Array.from({ length: Math.ceil(count / perFile) }, (_, file) => {
    const rules = Array.from({ length: Math.min(perFile, count - file * perFile) }, (_, at) =>
      yamlAt(file * perFile + at),
    )
    const name = `rules-${String(file).padStart(3, '0')}.yaml`
    return { file: name, content: `callback: beforeSetGroupMemberInfo\nrules:\n${rules.join('\n')}\n` }
  })
}

function yamlAt(at: number): string {
  const part = partAt(at)
  const outcome =
    part.on === 'text'
      ? `rewrite: { nickName: { replace: { text: "${part.text}", with: "*" } } }`
      : `reject: { code: ${codeAt(at)}, message: "Not so, {userID}" }`
  return `  - rule: rule-${at}\n    when: ${whenOf(part)}\n    ${outcome}`
}

function whenOf(part: Part): string {
  switch (part.on) {
    case 'group':
      return `{ groupID: ${part.groupID}, roleLevel: admin }`
    case 'pattern':
      return `{ nickName: { matches: '(?i)${part.pattern}' } }`
    case 'text':
      return `{ nickName: { contains: ${part.text} } }`
    case 'word':
      return `{ nickName: { has word: ${part.word} } }`
    case 'host':
      return `{ faceURL: { hosted on: ${part.host} } }`
    case 'prefix':
      return `{ faceURL: { starts with: "${part.prefix}" } }`
    case 'users':
      return `{ userID: { one of: [${part.users.join(', ')}] } }`
  }
}

function codeAt(at: number): number {
  return 5000 + (at % 4000)
}

/** What plain code is given: everything that some rule looks at, worked out once a call. */
type Facts = Body & { folded: string; host: string }

function factsOf(body: Body): Facts {
  return { ...body, folded: fold(body.nickName), host: new URL(body.faceURL).hostname }
}

/** The policy as somebody would write it by hand: rewrites, then the first refusal. Answers what the server is told. */
export function closuresOf(count: number): (body: Body) => object {
  const all = Array.from({ length: count }, (_, at) => ({ at, part: partAt(at) }))
  const rewrites = all.flatMap(({ part }) => (part.on === 'text' ? [{ part, holds: closureOf(part) }] : []))
  const rejects = all.flatMap(({ at, part }) => (part.on === 'text' ? [] : [{ at, holds: closureOf(part) }]))
  return body => {
    let facts = factsOf(body)
    for (const { part, holds } of rewrites) {
      if (holds(facts)) facts = factsOf({ ...facts, nickName: facts.nickName.replaceAll(part.text, '*') })
    }
    const found = rejects.filter(({ holds }) => holds(facts))
    const [first] = found
    if (first === undefined) return { actionCode: 0, errCode: 0, errMsg: '', errDlt: '', nextCode: 0 }
    return {
      actionCode: 0,
      errCode: codeAt(first.at),
      errMsg: `Not so, ${facts.userID}`,
      errDlt: '',
      nextCode: 1,
      others: found.length - 1,
    }
  }
}

function closureOf(part: Part): (facts: Facts) => boolean {
  switch (part.on) {
    case 'group':
      return ({ groupID, roleLevel }) => groupID === part.groupID && roleLevel === 60
    case 'pattern': {
      const pattern = new RegExp(part.pattern, 'iu')
      return ({ nickName }) => pattern.test(nickName)
    }
    case 'text':
      return ({ folded }) => folded.includes(part.text)
    case 'word': {
      const word = new RegExp(`(?<![\\p{L}\\p{M}\\p{N}])${part.word}(?![\\p{L}\\p{M}\\p{N}])`, 'u')
      return ({ folded }) => word.test(folded)
    }
    case 'host':
      return ({ host }) => host === part.host || host.endsWith(`.${part.host}`)
    case 'prefix':
      return ({ faceURL }) => faceURL.startsWith(part.prefix)
    case 'users': {
      const users = new Set(part.users)
      return ({ userID }) => users.has(userID)
    }
  }
}

/** json-rules-engine alone, as its documents show it: one engine with all rules; what more it needs are operators. */
export function engineOf(count: number): (body: Body) => Promise<unknown> {
  const engine = new Engine([], { allowUndefinedFacts: true })
  engine.addOperator(
    new Operator('matches', (value: string, pattern: string) => patternOf(pattern).test(value)) as Operator,
  )
  engine.addOperator(new Operator('includes', (value: string, text: string) => value.includes(text)) as Operator)
  engine.addOperator(new Operator('startsWith', (value: string, text: string) => value.startsWith(text)) as Operator)
  engine.addOperator(
    new Operator('hostedOn', (host: string, on: string) => host === on || host.endsWith(`.${on}`)) as Operator,
  )
  for (let at = 0; at < count; at++) engine.addRule(nativeAt(at))
  return body => engine.run(factsOf(body))
}

const patterns = new Map<string, RegExp>()

function patternOf(source: string): RegExp {
  const known = patterns.get(source) ?? new RegExp(source, 'iu')
  patterns.set(source, known)
  return known
}

function nativeAt(at: number): RuleProperties {
  return {
    name: `rule-${at}`,
    conditions: { all: nativeOf(partAt(at)) },
    event: { type: 'reject', params: { code: codeAt(at) } },
  }
}

function nativeOf(part: Part): { fact: string; operator: string; value: unknown }[] {
  switch (part.on) {
    case 'group':
      return [
        { fact: 'groupID', operator: 'equal', value: part.groupID },
        { fact: 'roleLevel', operator: 'equal', value: 60 },
      ]
    case 'pattern':
      return [{ fact: 'nickName', operator: 'matches', value: part.pattern }]
    case 'text':
      return [{ fact: 'folded', operator: 'includes', value: part.text }]
    case 'word':
      return [{ fact: 'folded', operator: 'matches', value: `(?<![\\p{L}\\p{N}])${part.word}(?![\\p{L}\\p{N}])` }]
    case 'host':
      return [{ fact: 'host', operator: 'hostedOn', value: part.host }]
    case 'prefix':
      return [{ fact: 'faceURL', operator: 'startsWith', value: part.prefix }]
    case 'users':
      return [{ fact: 'userID', operator: 'in', value: part.users }]
  }
}
