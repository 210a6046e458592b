/**
 * Where an address ends whose host ends at a place: behind its port, path, query and fragment.
 *
 * Signs that end a sentence and brackets that close what was opened before the address are not of it. Pure, linear.
 */
export function tailEnd(reading: string, hostEnd: number): number {
  port.lastIndex = hostEnd
  const from = hostEnd + (port.exec(reading)?.[0].length ?? 0)
  if (!/[/\\?#]/.test(reading[from] ?? '')) return from
  tail.lastIndex = from
  const text = tail.exec(reading)?.[0] ?? ''
  return from + withoutSigns(text)
}

const port = /:\d{1,5}(?!\d)/y

/** What is no space, no quote, no angle bracket, no sign of a dot that is spelled or apart, and not of East Asia. */
const tail =
  /[^\s<>"'`|^\ue001-\ue003\u2018-\u201f\u2026\u3000-\u303f\uff00-\uffef\p{Script=Han}\p{Script=Hira}\p{Script=Kana}\p{Script=Hang}\p{Script=Thai}]*/uy

/** The length of a tail without the signs at its end. */
function withoutSigns(text: string): number {
  const open = { ')': count(text, '('), ']': count(text, '['), '}': count(text, '{') }
  const closed = { ')': count(text, ')'), ']': count(text, ']'), '}': count(text, '}') }
  let end = text.length
  for (; end > 1; end--) {
    const sign = text[end - 1] as string
    if (sign === ')' || sign === ']' || sign === '}') {
      if (closed[sign] <= open[sign]) break
      closed[sign]--
    } else if (!'.,;:!?*_~'.includes(sign)) break
  }
  return end
}

function count(text: string, sign: string): number {
  let found = 0
  for (let at = text.indexOf(sign); at !== -1; at = text.indexOf(sign, at + 1)) found++
  return found
}
