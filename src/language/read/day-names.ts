/** The names of days, Sunday first, as in JavaScript's `getDay`. */
export const dayNames = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const

/** What authors call a day or a group of days, in lower case: English, German, French and Chinese. */
const called: Record<string, readonly string[]> = {
  mon: ['monday', 'mondays', 'mo', 'montag', 'montags', 'lundi', 'lun', '周一', '星期一', '礼拜一', '週一', '禮拜一'],
  tue: [
    'tuesday',
    'tuesdays',
    'tu',
    'tues',
    'dienstag',
    'dienstags',
    'di',
    'mardi',
    '周二',
    '星期二',
    '礼拜二',
    '週二',
    '禮拜二',
  ],
  wed: [
    'wednesday',
    'wednesdays',
    'we',
    'mittwoch',
    'mittwochs',
    'mi',
    'mercredi',
    'mer',
    '周三',
    '星期三',
    '礼拜三',
    '週三',
    '禮拜三',
  ],
  thu: [
    'thursday',
    'thursdays',
    'th',
    'thur',
    'thurs',
    'donnerstag',
    'donnerstags',
    'do',
    'jeudi',
    'jeu',
    '周四',
    '星期四',
    '礼拜四',
    '週四',
    '禮拜四',
  ],
  fri: [
    'friday',
    'fridays',
    'fr',
    'freitag',
    'freitags',
    'vendredi',
    'ven',
    '周五',
    '星期五',
    '礼拜五',
    '週五',
    '禮拜五',
  ],
  sat: [
    'saturday',
    'saturdays',
    'sa',
    'samstag',
    'samstags',
    'sonnabend',
    'samedi',
    'sam',
    '周六',
    '星期六',
    '礼拜六',
    '週六',
    '禮拜六',
  ],
  sun: [
    'sunday',
    'sundays',
    'su',
    'sonntag',
    'sonntags',
    'so',
    'dimanche',
    'dim',
    '周日',
    '周天',
    '星期日',
    '星期天',
    '礼拜天',
    '礼拜日',
    '週日',
    '週天',
    '禮拜天',
    '禮拜日',
  ],
  weekdays: [
    'weekday',
    'workday',
    'workdays',
    'working days',
    'business days',
    'werktag',
    'werktage',
    'wochentage',
    'jours ouvrables',
    'jours ouvrés',
    'semaine',
    '工作日',
    '平日',
  ],
  weekends: ['weekend', 'week-end', 'week-ends', 'week end', 'wochenende', 'wochenenden', '周末', '週末'],
}

const meant: ReadonlyMap<string, string> = new Map([
  ...Object.entries(called).flatMap(([name, others]) => [name, ...others].map(other => [other, name] as const)),
])

/** Our name of the day or group of days that a text names differently; undefined if it names none. */
export function dayMeant(text: string): string | undefined {
  const said = text.trim().toLowerCase().replace(/\.$/, '')
  const one = meant.get(said)
  if (one !== undefined) return one
  const [first, last, more] = said
    .split(/\s*(?:[-–—~～至到]|\s(?:to|until|till|through|bis|à|au)\s)\s*/)
    .map(part => meant.get(part))
  return more === undefined && isDay(first) && isDay(last) ? `${first}-${last}` : undefined
}

function isDay(name: string | undefined): boolean {
  return dayNames.some(day => day === name)
}

/** Our names of the days written as one text; undefined if one of them is not a day. */
export function daysMeant(text: string): readonly string[] | undefined {
  const parts = text
    .split(/\s*[,;，、；/|+&]\s*|\s+(?:and|or|und|oder|et|ou)\s+|和|与|及|\s+/)
    .filter(part => part !== '')
  const days = parts.map(dayMeant)
  return days.length > 1 && !days.includes(undefined) ? (days as string[]) : undefined
}
