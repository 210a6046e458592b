/** What other limiters call a counter. */
export const counterNames = new Set(['counter', 'counters', 'name', 'named', 'use', 'from counter', 'counter name'])
/** What other limiters call how long calls count. */
export const windowNames = new Set([
  'within',
  'window',
  'per',
  'period',
  'interval',
  'during',
  'time',
  'duration',
  'timeframe',
])
/** What other limiters call an exact number. */
export const exactNames = new Set(['exactly', 'exact', 'precisely'])
/** What other limiters call the number from which on it holds. */
export const leastNames = new Set(['min', 'minimum', 'reaches', 'from', 'starting at', 'not less than'])
/** What other limiters call the number that is still allowed. */
export const limitNames = new Set([
  'limit',
  'max',
  'maximum',
  'allowed',
  'rate',
  'burst',
  'over',
  'above',
  'exceeds',
  'up to',
  'cap',
  'quota',
  'rate limit',
  'more',
  'max count',
  'max calls',
  'max messages',
])
/** What other limiters call a number, whichever end it is. */
export const amountNames = new Set([
  'count',
  'times',
  'threshold',
  'number',
  'calls',
  'messages',
  'amount',
  'how many',
  'total',
  'n',
  'hits',
  'events',
  'requests',
  'attempts',
  'tries',
  'how often',
])
/** What other limiters call by what calls count together. */
export const sameNames = new Set([
  'by',
  'per',
  'for each',
  'each',
  'for every',
  'every',
  'key',
  'keys',
  'group by',
  'grouped by',
  'count by',
  'counted by',
  'who',
  'whose',
  'on',
  'user',
  'users',
  'sender',
  'member',
  'group',
  'field',
  'fields',
  'same as',
  'same field',
  'same fields',
  'per user',
  'per group',
  'per sender',
  'by user',
  'of each',
  'from',
  'for',
  'together',
  'identity',
  'subject',
  'together by',
])
/** What other limiters call what values count. */
export const differentNames = new Set([
  'distinct',
  'unique',
  'differing',
  'different values',
  'distinct values',
  'count distinct',
  'unique by',
  'of different',
  'distinct by',
  'count different',
  'others',
])
/** What other limiters call which calls count. */
export const countingNames = new Set([
  'counts',
  'counted',
  'count',
  'count calls',
  'counting only',
  'which',
  'include',
  'includes',
  'outcome',
  'mode',
  'result',
])
/** What other limiters call how long it goes on holding. */
export const silenceNames =
  /^(?:then|hold|holds|block|blocked|ban|banned|mute|muted|silence|silent|quiet|cool ?down|penalty|pause|wait|lock|lockout|keep|stay|stays|timeout|time out)(?: for)?$|^then (?:quiet|silence|silent|hold|block|mute)(?: for)?$|^(?:goes|go) on(?: for)?$/
