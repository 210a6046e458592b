/**
 * A host as the URL parser writes it, but an IPv4 address that is written as IPv6 (`[::ffff:7f00:1]`, RFC 4291, 2.5.5.2)
 * as the IPv4 address that it leads to. Pure.
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
