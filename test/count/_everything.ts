/** A rule that counts, as the model knows it: times in seconds. */
export type ModelRule = {
  id: string
  same: readonly ('groupID' | 'sendID')[]
  /** Counts different groups, unless calls are counted by group. */
  isDifferent: boolean
  within: number
  limit:
    | { word: 'more than' | 'at least' | 'at most' | 'less than' | 'is'; number: number }
    | { word: 'between'; low: number; high: number }
  counting: 'let through' | 'refused' | 'all'
  mode: 'enforce' | 'shadow' | 'disabled'
  thenFor: number | undefined
  beside: 'anything' | 'user' | 'ex'
}

/** Some rules, in order, and whether `vip` is exempted from the first. */
export type Version = { rules: readonly ModelRule[]; isExempt: boolean }

export type Asked = { sendID: string; groupID: string; isUser: boolean; hasEx: boolean }

type Logged = {
  call: number
  counter: string
  asked: Asked
  at: number
  rule: ModelRule
  state: 'under way' | 'counts' | 'gone'
  /** Its own rule would have refused the call but for being in shadow. */
  isRefusedAlone: boolean
  /** A silence begins once the call is settled. */
  begins: string | undefined
}

/** A log of every call there ever was, judged by what the language says of counting; nothing is ever thrown away. */
export class Everything {
  readonly #log: Logged[] = []
  readonly #silences: { of: string; at: number; lasts: number }[] = []
  /** What is known of each counter: since when, and what was asked of it at most. */
  #known = new Map<string, { since: number; keeps: number; most: number; lostBy: Map<string, number> }>()
  #version: Version = { rules: [], isExempt: false }
  #calls = 0

  use(version: Version, now: number): void {
    const before = this.#known
    this.#known = new Map()
    this.#version = version
    for (const rule of version.rules) {
      if (rule.mode === 'disabled') continue
      const counter = counterOf(rule)
      const [keeps, most] = [rule.within * 1000, mostOf(rule)]
      const was = before.get(counter)
      if (was === undefined) {
        // It starts over: what was logged of it is forgotten.
        for (const each of this.#log) if (each.counter === counter) each.state = 'gone'
        this.#known.set(counter, { since: now, keeps, most, lostBy: new Map() })
      } else {
        // What nobody asked for may have been thrown away: all that was too old, or too many.
        for (const each of this.#log) if (each.counter === counter) this.#lose(each, was.most)
        const since = keeps > was.keeps ? Math.max(was.since, now - was.keeps) : was.since
        this.#known.set(counter, { ...was, since, keeps, most })
      }
    }
    for (const silence of this.#silences)
      if (!version.rules.some(rule => silenceOf(rule) === silence.of)) silence.lasts = 0
  }

  judge(asked: Asked, now: number): { told: string; number: number } {
    this.#calls += 1
    const number = this.#calls
    const fired: { rule: ModelRule; isExempted: boolean }[] = []
    const places: Logged[] = []
    for (const rule of this.#version.rules) {
      if (rule.mode === 'disabled' || !isBeside(rule, asked)) continue
      const isExempted = this.#version.isExempt && asked.sendID === 'vip' && rule.id === 'r0'
      const holds = this.#holds(rule, asked, now)
      if (holds) fired.push({ rule, isExempted })
      places.push({
        ...{ call: number, counter: counterOf(rule), asked, at: now, rule, state: 'under way' },
        isRefusedAlone: holds && rule.mode === 'shadow' && !isExempted,
        begins: holds && !isExempted ? silenceOf(rule) : undefined,
      })
    }
    this.#log.push(...places)
    const by = fired.find(({ rule, isExempted }) => rule.mode === 'enforce' && !isExempted)?.rule
    const matches = fired.map(({ rule, isExempted }) => `${rule.id}${isExempted ? ' (exempted)' : ''}`)
    if (this.#version.isExempt && asked.sendID === 'vip') matches.push('vip')
    return { told: `${by === undefined ? 'allow' : 'reject'} ${by?.id ?? ''} [${matches.sort()}]`, number }
  }

  /** `isOwn`: the answer was the decision, not that of the failure policy. */
  end(call: number, outcome: 'let through' | 'refused', isOwn: boolean): void {
    for (const each of this.#log) {
      if (each.call !== call) continue
      if (each.state === 'under way') {
        const became = isOwn && each.isRefusedAlone ? 'refused' : outcome
        const { counting } = each.rule
        each.state = counting === 'all' || counting === became ? 'counts' : 'gone'
      }
      const { begins, at, rule } = each
      if (!isOwn || begins === undefined || !this.#version.rules.some(one => silenceOf(one) === begins)) continue
      const of = begins
      const key = `${of} ${keyOf(rule, each.asked)}`
      const lasts = (rule.thenFor ?? 0) * 1000
      const isSilent = this.#silences.some(
        one => one.of === of && keyed(one) === key && one.at > at - lasts && one.at <= at,
      )
      if (!isSilent) this.#silences.push(Object.assign({ of, at, lasts }, { key }))
    }
  }

  #holds(rule: ModelRule, asked: Asked, now: number): boolean {
    const of = silenceOf(rule)
    const lasts = (rule.thenFor ?? 0) * 1000
    const key = `${of} ${keyOf(rule, asked)}`
    const isSilent = this.#silences.some(
      one => one.of === of && keyed(one) === key && one.lasts > 0 && one.at > now - lasts && one.at <= now,
    )
    if (of !== undefined && isSilent) return true
    const counter = counterOf(rule)
    const known = this.#known.get(counter)
    const from = now - rule.within * 1000
    const others = this.#log.filter(
      each =>
        each.counter === counter &&
        keyOf(rule, each.asked) === keyOf(rule, asked) &&
        each.at > from &&
        (each.state === 'counts' || (each.state === 'under way' && rule.counting !== 'refused')),
    )
    const own = rule.counting === 'refused' ? [] : [asked]
    const all = [...others.map(each => each.asked), ...own]
    const count = countsGroups(rule) ? new Set(all.map(({ groupID }) => groupID)).size : all.length
    const { low, high } = rangeOf(rule.limit)
    if (count > high) return false
    if (high === Infinity && count >= low) return true
    const lost = known?.lostBy.get(keyOf(rule, asked)) ?? -Infinity
    return known !== undefined && known.since <= from && lost <= from && count >= low
  }

  /** Marks what a store that keeps the last few of each key no longer has. */
  #lose(entry: Logged, most: number): void {
    if (entry.state !== 'counts') return
    const { rule, counter, asked } = entry
    const key = keyOf(rule, asked)
    const isNewer = (each: Logged) =>
      each.counter === counter && each.state === 'counts' && keyOf(rule, each.asked) === key && each.at > entry.at
    const newer = this.#log.filter(isNewer)
    const count = countsGroups(rule) ? new Set(newer.map(each => each.asked.groupID)).size : newer.length
    if (count < most) return
    const lostBy = this.#known.get(counter)?.lostBy
    lostBy?.set(key, Math.max(lostBy.get(key) ?? -Infinity, entry.at))
  }
}

function keyed(silence: object): string {
  return 'key' in silence ? String(silence.key) : ''
}

function isBeside({ beside }: ModelRule, { isUser, hasEx }: Asked): boolean {
  return beside === 'anything' || (beside === 'user' ? isUser : hasEx)
}

function counterOf(rule: ModelRule): string {
  return JSON.stringify([rule.id, rule.same, countsGroups(rule), rule.counting, rule.beside])
}

function silenceOf(rule: ModelRule): string | undefined {
  if (rule.thenFor === undefined || rule.mode === 'disabled') return undefined
  return JSON.stringify([counterOf(rule), rule.mode, rule.limit, rule.within])
}

function keyOf({ same }: ModelRule, asked: Asked): string {
  return same.map(field => asked[field]).join(' ')
}

function countsGroups({ isDifferent, same }: ModelRule): boolean {
  return isDifferent && !same.includes('groupID')
}

function rangeOf(limit: ModelRule['limit']): { low: number; high: number } {
  if (limit.word === 'between') return { low: Math.min(limit.low, limit.high), high: limit.high }
  const { word, number } = limit
  if (word === 'is') return { low: number, high: number }
  if (word === 'more than' || word === 'at least')
    return { low: word === 'at least' ? number : number + 1, high: Infinity }
  return { low: 0, high: word === 'at most' ? number : number - 1 }
}

function mostOf({ limit }: ModelRule): number {
  const { low, high } = rangeOf(limit)
  return Math.max(high === Infinity ? low : high + 1, 1)
}
