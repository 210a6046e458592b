import { write } from '../../yaml/fix.ts'
import type { Node } from '../../yaml/node.ts'
import type { Span } from '../../yaml/source.ts'
import type { Steps } from '../../yaml/steps.ts'
import { entriesMeant, inBrackets } from '../advice/meant-list.ts'
import type { ListEntry, Operand } from '../condition.ts'
import { readEachWithPauses } from './each.ts'
import { lookUp, type Scope } from './scope.ts'
import { asText } from './shape.ts'

/**
 * The value of `hosted on`: a list name, a host, or a list of hosts.
 *
 * Undefined if invalid (reported).
 */
export function* readHosts(node: Node, scope: Scope): Steps<Operand | undefined> {
  const { reporter, names } = scope
  if (node.kind === 'list') {
    if (node.items.length === 0) {
      reporter.error('empty', node.span, 'No host is given here', 'Write at least one, as in [example.com]')
      return undefined
    }
    const read = (item: Node) => readHost(asText(item, 'a host', reporter), item.span, scope)
    return hostsOf(yield* readEachWithPauses(node.items, reporter, read))
  }
  const name = asText(node, 'a host', reporter, 'Write a host such as example.com, a list of hosts, or a list name')
  if (name === undefined) return undefined
  const several = names.lists.has(name) ? undefined : entriesMeant(name)
  if (several !== undefined && several.length > 1) {
    const advice = write(node.span, inBrackets(several))
    reporter.error('wrong-value', node.span, `"${name}" is neither a host nor a list name`, advice)
    return undefined
  }
  if (!names.lists.has(name) && /[.:/]|^localhost$/i.test(name)) return hostsOf([readHost(name, node.span, scope)])
  const advice = 'A host has a dot, as in cdn.example.com'
  const unknown = { code: 'unknown-list', noun: 'list', called: 'list or host', title: 'Lists', advice } as const
  const list = lookUp(names.lists, name, node.span, scope, unknown)
  const read = ({ text, span }: ListEntry) => readHost(text, span, scope)
  const hosts = list && (yield* names.readings.of(list, 'hosts', read, reporter))
  const except = list?.except && (yield* names.readings.of(list.except, 'hosts', read, reporter))
  return hosts && { kind: 'hosts', hosts, ...(except && { except }), list }
}

function hostsOf(hosts: readonly (string | undefined)[]): Extract<Operand, { kind: 'hosts' }> | undefined {
  return hosts.some(host => host === undefined) ? undefined : { kind: 'hosts', hosts: hosts as string[] }
}

function readHost(text: string | undefined, span: Span, { reporter }: Scope): string | undefined {
  if (text === undefined) return undefined
  const host = hostOf(text)
  if (host !== undefined) return host
  const within = hostWithin(text)
  const hint = text.includes('*')
    ? 'Write the whole name, as in example.com: its subdomains count, and a star can only be in *. at the start'
    : 'A host has a dot, as in cdn.example.com'
  const advice = within === undefined ? { hint } : write(span, within)
  reporter.error('wrong-value', span, `"${text}" is not a host`, advice)
  return undefined
}

/**
 * A host as the URL parser writes it: lower case, ASCII, no final dot, IPv6 in brackets, an IPv6 address that maps an
 * IPv4 address as IPv4; undefined if the text is not a host.
 *
 * A leading `*.` is redundant: subdomains always count.
 */
function hostOf(text: string): string | undefined {
  if (isPlainHost.test(text) && text.length <= longestHost) return text
  const bare = bracketed(text.startsWith('*.') ? text.slice(2) : text)
  const isAddress6 = /^\[[0-9a-fA-F:.]+\]$/.test(bare)
  const looksLikeHost = bare.includes('.') || bare.toLowerCase() === 'localhost'
  if (bare.length > longestHost || (!isAddress6 && (!looksLikeHost || /[\s/?#@\\:*]/.test(bare)))) return undefined
  if (!URL.canParse(`http://${bare}/`)) return undefined
  return mappedAddress(new URL(`http://${bare}/`).hostname.replace(/\.$/, ''))
}

/** An IPv6 address as written in a URL; any other text unchanged. */
function bracketed(text: string): string {
  return /^[0-9a-f.]*:[0-9a-f.]*:[0-9a-f.:]*$/i.test(text) ? `[${text}]` : text
}

/** A host that the URL parser does not change: most are, and the parser is slow. Trailing numbers are addresses. */
const isPlainHost = /^(?!xn--|.*\.xn--)(?:[a-z0-9][a-z0-9-]*\.)+[a-z][a-z-]*$/

/** RFC 1035, 2.3.4. */
const longestHost = 253

/** The host in an address, or before a port or a path. */
function hostWithin(text: string): string | undefined {
  const rest = text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
  const [bare = ''] = rest.split(/[/?#:]/)
  return bare !== '' && hostOf(bare) !== undefined ? bare : undefined
}
/**
 * A host as the URL parser writes it, but an IPv6 address that maps an IPv4 address (`[::ffff:7f00:1]`, RFC 4291,
 * 2.5.5.2) as that IPv4 address.
 */
export function mappedAddress(host: string): string {
  const halves = /^\[::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/.exec(host)
  if (halves === null) return host
  const [, high = '', low = ''] = halves
  return [high, low]
    .map(half => Number.parseInt(half, 16))
    .flatMap(half => [half >> 8, half & 0xff])
    .join('.')
}
