import { endingOf } from './domains.ts'

/** The place of a name in a reading. */
export type NamePlace = { start: number; end: number; host: string }

/** Letters of scripts that set no spaces between words, and Korean ones. */
const letter = '\\p{Script=Han}\\p{Script=Hira}\\p{Script=Kana}\\p{Script=Hang}\\p{Script=Thai}\\u30fc'

/** One or two names of Latin letters, the one that its owner chose, and the end. Each part is short. */
const name = new RegExp(
  `(?<![\\p{L}\\p{M}\\p{N}._@-])(?<lead>(?:[a-z\\d-]{1,20}\\.){0,2})(?<own>[${letter}a-z\\d-]{1,30})\\.(?<tld>[${letter}]{2,8}|(?:(?:com?|net|org)\\.)?[a-z]{2,6})(?![\\p{L}\\p{M}\\p{N}_-]|\\.[\\p{L}\\p{N}])`,
  'giu',
)

const wwwName = /(?<![\p{L}\p{N}.])www\.[\p{L}\p{N}-]{1,63}\.[a-z]{2,6}(?![\p{L}\p{N}.])/giu

const mayHaveName = new RegExp(`www\\.|[${letter}]\\.[${letter}a-z]|\\.[${letter}]`, 'iu')

/**
 * The names of hosts in a reading in scripts where a sentence may stand right before a name, or the next one behind
 * its dot: those that stand by themselves and are hardly words of a sentence. Pure, linear.
 */
export function namesInUnspaced(reading: string): NamePlace[] {
  if (!mayHaveName.test(reading)) return []
  const places: NamePlace[] = []
  for (const { 0: host, index, groups } of reading.matchAll(name)) {
    const { lead = '', own = '', tld = '' } = groups ?? {}
    const end = index + host.length
    if (isMeant(reading, end, { lead, own, tld })) places.push({ start: index, end, host })
  }
  for (const { 0: host, index } of reading.matchAll(wwwName)) {
    places.push({ start: index, end: index + host.length, host })
  }
  return places
}

type Parts = { lead: string; own: string; tld: string }

function isMeant(reading: string, end: number, { lead, own, tld }: Parts): boolean {
  const isLatin = /^[a-z.]+$/i.test(tld)
  // What ends in Latin letters before a Latin end is found without the words before it.
  if (isLatin && !endsUnspaced.test(own)) return false
  const ending = endingOf(tld.toLowerCase().replace(/^.*\./, ''))
  if (ending === undefined || ending === 'file' || !/\p{L}/u.test(own)) return false
  if (/^www\./i.test(lead)) return true
  behind.lastIndex = end
  const sign = behind.exec(reading)?.[0]
  const isAscii = sign !== undefined && /[\x21-\x7e]$/.test(sign)
  if (isLatin && !alone.has(tld) && !/^(?:com?|net|org)\./.test(tld))
    return isAscii && ending === 'plain' && !isOfPrograms.test(tld)
  if (isAscii || (isLatin && sign !== undefined)) return true
  if (own.length + lead.length < 2 || isOfSentence.test(own)) return false
  if (sign !== undefined || isLatin || ownEnds.has(tld)) return true
  return own.length >= (endsBefore.get(tld) ?? Infinity) && !goesOn(reading, end)
}

const endsUnspaced = new RegExp(`[${letter}]$`, 'u')

/** A port, a query or a path. */
const behind = /:\d{2,5}(?!\d)|\?[\w-]+=|[/\\][\p{L}\p{N}?#@%+]/uy

/** Latin ends that are no words of programs and no ends of files: names of sites have them without a path, too. */
const alone: ReadonlySet<string> = new Set(
  'com cn xyz top vip icu club shop site online wang ink jp kr tw hk th'.split(' '),
)

/** As in 使用.net/java. */
const isOfPrograms = /^(?:net|io|id|test|example|invalid)$/i

/** Ends in Chinese that are hardly a sentence of their own. */
const ownEnds: ReadonlySet<string> = new Set('中国 中國 台湾 台灣 香港 公司 网络 网址 网店'.split(' '))

/** Ends of countries where other letters make words, and how long a name before them is at least. */
const endsBefore: ReadonlyMap<string, number> = new Map([
  ['ไทย', 3],
  ['한국', 2],
])

/** What sentences have and names of sites hardly ever: pronouns and particles, or words for an end of names. */
const isOfSentence =
  /[我你您他她它们們的了吗嗎呢吧啊是在这這那也就很和与與或没沒来來去到从從把被让讓给給好谢謝安]|(?:域名|后缀|後綴|结尾|結尾|注册|註冊|选择|選擇|ドメイン|도메인)$|第?\d+$|[はがをにでともやかのらりだねよ]$/u

/** A word follows in the same line. */
function goesOn(reading: string, end: number): boolean {
  following.lastIndex = end
  return following.test(reading)
}

const following = /[ \t]+\p{L}/uy
