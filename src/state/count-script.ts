import { createHash } from 'node:crypto'

/** How long a place under way counts if its process never says what became of the call: it may have died. */
export const placeMs = 60_000

/** A counter that nobody touched for so long starts over: whoever used it before has stopped to count for it. */
export const gapMs = 60_000

/**
 * What runs in the store for the calls of one turn in one counter, all at once.
 *
 * KEYS[1] is a hash about the counter: `last`, the last time seen; `since`, when the counting began; `keep` and `most`,
 * the largest that any process asked for. The others are named by their index:
 *
 * - a log: a sorted set of what counted, by instant. `!` is no call, but the newest instant that was dropped.
 * - what is under way: a sorted set of `ref|what`, by instant.
 * - a silence: the instant at which it began.
 *
 * ARGV: the time (empty for the clock of the store, and only tests give another), `keep`, `most`, 1 to start over, 1 to
 * write, and the steps as JSON. Answers 1 if the counter is new, then one answer for each question.
 */
const text = `
local t = tonumber(ARGV[1])
if not t then
  local now = redis.call('TIME')
  t = now[1] * 1000 + math.floor(now[2] / 1000)
end
local known = redis.call('HMGET', KEYS[1], 'last', 'since', 'keep', 'most')
local last, since, keep, most = tonumber(known[1]), tonumber(known[2]), tonumber(known[3]), tonumber(known[4])
local isNew = not (last and since and keep and most)
local askedKeep, askedMost = tonumber(ARGV[2]), tonumber(ARGV[3])
if not isNew and last > t then t = last end
if isNew or t - last > ${gapMs} then
  since, keep, most = t, askedKeep, askedMost
elseif ARGV[4] == '1' or askedKeep > keep then
  since = t
end
keep, most = math.max(keep, askedKeep), math.max(most, askedMost)
if ARGV[5] == '1' then
  redis.call('HSET', KEYS[1], 'last', t, 'since', since, 'keep', keep, 'most', most)
  redis.call('PEXPIRE', KEYS[1], keep + ${gapMs})
end

local function after(instant) return string.format('(%.0f', instant) end

-- A value counts when it was last there, a call when it first was.
local function better(what, one, other)
  if not one then return other end
  if string.sub(what, 1, 1) == 'v' then return math.max(one, other) end
  return math.min(one, other)
end

-- What other calls under way have taken: when it counts, and when it counted in the log. No more than make a difference.
local function besideOf(log, way, ref)
  local beside, logged, number, at, size = {}, {}, 0, 0, 128
  repeat
    local page = { 'WITHSCORES', 'LIMIT', at, size }
    local found = redis.call('ZREVRANGEBYSCORE', way, '+inf', after(t - ${placeMs}), unpack(page))
    for i = 1, #found, 2 do
      local bar = string.find(found[i], '|', 1, true)
      if string.sub(found[i], 1, bar - 1) ~= ref then
        local what = string.sub(found[i], bar + 1)
        if not beside[what] then
          number = number + 1
          logged[what] = tonumber(redis.call('ZSCORE', log, what))
        end
        beside[what] = better(what, beside[what] or logged[what], tonumber(found[i + 1]))
      end
    end
    at = at + size
  until #found < 2 * size or number > most
  return beside, logged, number
end

local function take(way, ref, whats)
  redis.call('ZREMRANGEBYSCORE', way, '-inf', string.format('%.0f', t - ${placeMs}))
  for _, what in ipairs(whats) do redis.call('ZADD', way, 'NX', t, ref .. '|' .. what) end
  redis.call('PEXPIRE', way, ${placeMs})
end

local function ask(log, way, withinMs, flags, ref, self, whats)
  local function has(flag) return string.find(flags, flag, 1, true) ~= nil end
  local from, isRefused = t - withinMs, has('r')
  local dropped = tonumber(redis.call('ZSCORE', log, '!')) or -1
  local count = redis.call('ZCOUNT', log, after(from), '+inf')
  if dropped > from then count = count - 1 end

  -- Of refused calls only the log counts, and there not the call itself, which may have been sent before.
  local beside, logged, number, own = {}, {}, 0, {}
  if not isRefused then beside, logged, number = besideOf(log, way, ref) end
  local function scoreOf(what) return logged[what] or tonumber(redis.call('ZSCORE', log, what)) or -1 end
  if isRefused then
    own[self] = true
    if scoreOf(self) > from then count = count - 1 end
  elseif has('o') then
    for _, what in ipairs(whats) do
      if not own[what] and scoreOf(what) <= from then count = count + 1 end
      own[what] = true
    end
  end
  for what, instant in pairs(beside) do
    if not own[what] then
      count = count + (instant > from and 1 or 0) - ((logged[what] or -1) > from and 1 or 0)
    end
  end

  local ago, agos = -1, {}
  if has('s') then
    -- Of a call that is sent again the log may hold nothing else: then it was another one that was dropped last.
    local newest = dropped
    local last = redis.call('ZREVRANGEBYSCORE', log, '+inf', after(t - askedKeep), 'WITHSCORES', 'LIMIT', 0, number + 2)
    for i = #last - 1, 1, -2 do
      local what = last[i]
      if what ~= self and not beside[what] then newest = math.max(newest, tonumber(last[i + 1])) end
    end
    for what, instant in pairs(beside) do
      if what ~= self then newest = math.max(newest, instant) end
    end
    if newest > t - askedKeep then ago = t - newest end
  end
  if has('d') then
    local all = redis.call('ZRANGEBYSCORE', log, after(from), '+inf', 'WITHSCORES')
    for i = 1, #all, 2 do
      local what = all[i]
      if what ~= '!' and not own[what] and not beside[what] then agos[#agos + 1] = t - tonumber(all[i + 1]) end
    end
    for what, instant in pairs(beside) do
      if not own[what] and instant > from then agos[#agos + 1] = t - instant end
    end
    table.sort(agos, function(a, b) return a > b end)
  end

  if has('t') then take(way, ref, whats) end
  return { count, (since <= from and dropped <= from) and 1 or 0, ago, agos }
end

-- More than count are dropped, the oldest first.
local function trim(log)
  local dropped = tonumber(redis.call('ZSCORE', log, '!'))
  local excess = redis.call('ZCARD', log) - (dropped and 1 or 0) - most
  if excess <= 0 then return end
  local oldest = redis.call('ZRANGE', log, 0, excess, 'WITHSCORES')
  for i = 1, #oldest, 2 do
    if oldest[i] ~= '!' and excess > 0 then
      redis.call('ZREM', log, oldest[i])
      dropped = math.max(dropped or 0, tonumber(oldest[i + 1]))
      excess = excess - 1
    end
  end
  redis.call('ZADD', log, dropped, '!')
end

local function settle(log, way, age, ref, taken, kept)
  local instants = {}
  for _, what in ipairs(taken) do
    instants[what] = tonumber(redis.call('ZSCORE', way, ref .. '|' .. what))
    redis.call('ZREM', way, ref .. '|' .. what)
  end
  for _, what in ipairs(kept) do
    local instant = instants[what] or t - age
    if instant > t - keep then
      redis.call('ZADD', log, better(what, tonumber(redis.call('ZSCORE', log, what)), instant), what)
    end
  end
  if #kept > 0 then
    trim(log)
    redis.call('PEXPIRE', log, keep)
  end
end

local function silence(key, forMs, age)
  local start = t - age
  local before = tonumber(redis.call('GET', key))
  if before and before > start - forMs then return end
  redis.call('SET', key, start, 'PX', math.max(keep, forMs))
end

local answers = { isNew and 1 or 0 }
for _, step in ipairs(cjson.decode(ARGV[6])) do
  local word, a, b = step[1], KEYS[step[2]], KEYS[step[3]]
  if word == 'take' then take(a, step[4], step[5])
  elseif word == 'ask' then answers[#answers + 1] = ask(a, b, step[4], step[5], step[6], step[7], step[8])
  elseif word == 'settle' then settle(a, b, step[4], step[5], step[6], step[7])
  elseif word == 'silence' then silence(a, step[4], step[5])
  else
    local start = tonumber(redis.call('GET', a))
    answers[#answers + 1] = start and math.max(start + step[4] - t, 0) or 0
  end
end
return answers
`

/** The script with its name in the store. */
export const countScript = { text, sha: createHash('sha1').update(text).digest('hex') }
