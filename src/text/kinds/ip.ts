import type { Range } from '../sources.ts'

/** IP addresses, version 4 and 6. Undefined is a pause. Pure, linear. */
export function* ipsIn(text: string): Generator<Range | undefined> {
  yield* quadsIn(text)
  if (text.includes(':')) yield* sixesIn(text)
}

const octet = '(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])'
const point = '(?:[.。]|\\[[.。]\\]| \\. )'
const quad = new RegExp(`(?<![0-9A-Za-z_.-])${octet}(?:${point}${octet}){3}(?![0-9A-Za-z_]|[.-][0-9])`, 'g')

function* quadsIn(text: string): Generator<Range | undefined> {
  for (const { 0: found, index } of text.matchAll(quad)) {
    const range = { start: index, end: index + found.length }
    if (isAddress(found, text.slice(Math.max(0, index - 24), index), text.slice(range.end, range.end + 8))) yield range
    else yield undefined
  }
}

/** Four numbers with dots are as often a version or a chapter, whose numbers are small. */
function isAddress(found: string, before: string, after: string): boolean {
  if (version.test(before) || /^ ?[章节節条條版§]/.test(after)) return false
  if (/^(?::[0-9]{2,5}|\/[0-9]{1,2})(?![0-9])/.test(after) || asked.test(before)) return true
  const octets = found.match(/[0-9]+/g)?.map(Number) ?? []
  if (octets.every(each => each === octets[0]) && octets[0] !== 0) return true
  const isNamed =
    /[A-Za-z]\s{0,2}$/.test(before) && !/(?:^|[\s.,;:!?])(?:at|to|is|on|from|of|and|or|the)\s+$/i.test(before)
  if (octets[0] === 10) return !isNamed
  const isLarge = octets.filter(each => each >= 26).length >= 2
  return isLarge || (!isNamed && octets.some(each => each >= 100))
}

/** Words for versions, right before the number. */
const version =
  /(?:\b(?:v|ver|version|build|release|rev|revision|firmware|fw|sdk|api|lib|driver)|版本|固件|[vV])[.:： ]{0,2}$/iu
/** Words for machines, right before the number. */
const asked =
  /(?:\b(?:ip|ipv4|host|server|addr|address|ping|ssh|telnet|dns|gateway|proxy|node)|服务器|地址|节点|网关|代理)[.:： ]{0,2}$/iu

const six = /(?<![0-9A-Za-z_:.])[0-9A-Fa-f:]{2,39}(?:(?<=:)[0-9]{1,3}(?:\.[0-9]{1,3}){3})?(?![0-9A-Za-z_:]|\.[0-9])/g

function* sixesIn(text: string): Generator<Range | undefined> {
  for (const { 0: found, index } of text.matchAll(six)) {
    const trimmed = found.endsWith(':') && !found.endsWith('::') ? found.slice(0, -1) : found
    if (isSix(trimmed)) yield { start: index, end: index + trimmed.length }
    else yield undefined
  }
}

/** RFC 4291, 2.2. What could be code (`a::b`) or a row of bytes is none. */
function isSix(text: string): boolean {
  const [, quadPart] = /:([0-9]+(?:\.[0-9]+){3})$/.exec(text) ?? []
  const head = quadPart === undefined ? text : text.slice(0, -quadPart.length)
  const halves = (quadPart === undefined ? head : `${head}0:0`).split('::')
  if (halves.length > 2) return false
  const groups = halves.flatMap(half => (half === '' ? [] : half.split(':')))
  if (!groups.every(group => /^[0-9A-Fa-f]{1,4}$/.test(group))) return false
  if (halves.length === 1) return groups.length === 8 && groups.some(group => group.length > 2)
  return groups.length >= 3 && groups.length < 8 && groups.some(group => /[0-9]/.test(group) && group.length > 2)
}
