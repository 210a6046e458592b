import type { IncomingHttpHeaders } from 'node:http'
import { BlockList, isIP } from 'node:net'

/**
 * The id that a proxy gave to a request, if its address is one of those to trust; else undefined.
 *
 * Requests with one id are one call. Anyone else could hide a flood behind one id.
 */
export function callerId(
  headers: IncomingHttpHeaders,
  remoteAddress: string | undefined,
  { requestIdHeader, trustProxy }: { requestIdHeader: string; trustProxy: readonly string[] },
): string | undefined {
  // Most services have no such proxy. For the others, the addresses are looked at only when there is an id.
  if (requestIdHeader === '') return undefined
  const id = headers[requestIdHeader]
  if (typeof id !== 'string' || id === '' || remoteAddress === undefined) return undefined
  return isWithin(remoteAddress, trustProxy) ? id : undefined
}

/** Addresses and networks in CIDR notation from a list with commas; undefined if one is neither. */
export function readNetworks(text: string): readonly string[] | undefined {
  const networks = text.split(',').map(each => each.trim())
  return networks.every(network => familyOf(network) !== undefined) ? networks : undefined
}

function isWithin(address: string, networks: readonly string[]): boolean {
  const family = isIP(address)
  return family !== 0 && blockListOf(networks).check(address, family === 4 ? 'ipv4' : 'ipv6')
}

/** Made once for each configuration, not once for each request. */
const blockLists = new WeakMap<readonly string[], BlockList>()

function blockListOf(networks: readonly string[]): BlockList {
  const made = blockLists.get(networks)
  if (made !== undefined) return made
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    const family = familyOf(network) ?? 'ipv4'
    if (bits === undefined) list.addAddress(address, family)
    else list.addSubnet(address, Number(bits), family)
  }
  blockLists.set(networks, list)
  return list
}

/** The family of an address or a network; undefined if it is neither. */
function familyOf(network: string): 'ipv4' | 'ipv6' | undefined {
  const parts = /^([^/%]+)(?:\/(\d{1,3}))?$/.exec(network)
  const family = isIP(parts?.[1] ?? '')
  if (family === 0 || Number(parts?.[2] ?? 0) > (family === 4 ? 32 : 128)) return undefined
  return family === 4 ? 'ipv4' : 'ipv6'
}
