/**
 * A text as Markdown and HTML show it: without what makes letters bold, struck through or a link, and with characters
 * that are written by their number or name. Where it shows as it is typed, that very text. Pure, linear.
 */
export function asShown(text: string): string {
  if (!mayBeMarked.test(text)) return text
  return text
    .replaceAll(entity, (whole, name: string) => characterOf(name) ?? whole)
    .replaceAll(tag, '')
    .replaceAll(link, '$1')
    .replaceAll(emphasis, sign => (sign === '`' && isAlone('`', text) ? sign : ''))
}

/** One back quote is no code but an apostrophe. */
function isAlone(sign: string, text: string): boolean {
  return text.indexOf(sign) === text.lastIndexOf(sign)
}

const mayBeMarked = /[*_~`|<&[]/

/** As HTML names them: https://html.spec.whatwg.org/multipage/named-characters.html, the few that people know. */
const named: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['shy', ''],
  ['zwnj', ''],
  ['zwj', ''],
])

const entity = /&(#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-z]{2,4});/g

function characterOf(name: string): string | undefined {
  if (!name.startsWith('#')) return named.get(name)
  const isHex = name[1] === 'x' || name[1] === 'X'
  const point = Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10)
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : undefined
}

/** Of elements, not of what merely stands in angle brackets, and comments; a long one is none. */
const tag = /<!--[^<>]{0,200}-->|<\/?[a-zA-Z][a-zA-Z0-9]{0,9}(?:\s[^<>]{0,200})?\/?>/g

const link = /\[([^[\]]{1,200})\]\([^()\s]{1,500}\)/g

/** Signs of emphasis beside a letter or digit; an underscore between two is a part of a name. */
const emphasis =
  /(?<=[\p{L}\p{M}\p{N}])(?:\*{1,3}|~{1,2}|`{1,3}|\|\||__)|(?:\*{1,3}|~{1,2}|`{1,3}|\|\||__)(?=[\p{L}\p{N}])|(?<=[\p{L}\p{M}\p{N}])_(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}_])_(?=[\p{L}\p{N}])/gu
