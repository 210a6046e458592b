/** What was meant by a span of hours written otherwise, as YAML has it; undefined when nobody can tell. Pure. */
export function meantSpan(text: string): string | undefined {
  if (text.length > 40) return undefined
  const found = /^\s*(\S+?)\s*(?:[-–—~～至到]|\s(?:to|until|bis)\s)+\s*(\S+)\s*$/i.exec(
    text.replaceAll(/\s+([ap]m)\b/gi, '$1'),
  )
  const [start, end] = [found?.[1], found?.[2]].map(time => (time === undefined ? undefined : hoursMeant(time)))
  return start === undefined || end === undefined || start === '24:00' ? undefined : `"${start}-${end}"`
}

/** `9:00`, `9am`, `10.30pm` as `HH:MM`. */
function hoursMeant(text: string): string | undefined {
  const [, hours = '', minutes = '00', half = ''] = /^(\d{1,2})(?:[:.：](\d{2}))?([ap]m)?$/i.exec(text) ?? []
  if (hours === '' || (half === '' && !/\d\D\d/.test(text))) return undefined
  if (half !== '' && (Number(hours) < 1 || Number(hours) > 12)) return undefined
  const hour = half === '' ? Number(hours) : (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0)
  const isTime = Number(minutes) < 60 && hour * 60 + Number(minutes) <= 24 * 60
  return isTime ? `${String(hour).padStart(2, '0')}:${minutes}` : undefined
}
