import { createHash } from 'node:crypto'

/**
 * What runs in the store to exchange pauses.
 *
 * KEYS[1] is a hash: `rev`, which changes with every change; and for each rule its last change, as text that begins with
 * `AT GONE END `: when it was made, when it may be forgotten (0 for never), and 1 if it ends a pause.
 *
 * ARGV: the `rev` that is known, one to set if anything changes, the most rules, how long all of it is kept, and changes
 * to make as JSON (`[[rule, text]]`). Of two changes of a rule the newer one stays. If there is no room, the oldest end
 * of a pause goes. Answers the `rev`, the rules for which there is no room, and all changes if `rev` was another one.
 */
const text = `
local key, time = KEYS[1], redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local rev = redis.call('HGET', key, 'rev') or ''
local most, keep, offered = tonumber(ARGV[3]), tonumber(ARGV[4]), cjson.decode(ARGV[5])

-- What this script does not know is of a newer program, and stays.
local function partsOf(text)
  local at, gone, ends = string.match(text, '^(%d+) (%d+) ([01]) ')
  return { at = tonumber(at) or math.huge, gone = tonumber(gone) or 0, ends = ends == '1' }
end
local function isGone(change) return change.gone ~= 0 and change.gone < now end

local all, size, isChanged, refused = {}, 0, false, {}

local function drop(rule)
  redis.call('HDEL', key, rule)
  all[rule] = nil
  size = size - 1
  isChanged = true
end

local function oldestEnd()
  local found
  for rule, change in pairs(all) do
    if change.ends and (not found or change.at < all[found].at) then found = rule end
  end
  return found
end

-- An end that is older than all others would be the next to go.
local function hasRoom(change)
  if size < most then return true end
  local oldest = oldestEnd()
  if not oldest or (change.ends and change.at <= all[oldest].at) then return false end
  drop(oldest)
  return true
end

if #offered > 0 then
  local flat = redis.call('HGETALL', key)
  for i = 1, #flat, 2 do
    if flat[i] ~= 'rev' then
      all[flat[i]] = partsOf(flat[i + 1])
      size = size + 1
      if isGone(all[flat[i]]) then drop(flat[i]) end
    end
  end
end
for _, offer in ipairs(offered) do
  local rule, change = 'r:' .. offer[1], partsOf(offer[2])
  local before = all[rule]
  if not isGone(change) and not (before and before.at >= change.at) then
    if before or hasRoom(change) then
      redis.call('HSET', key, rule, offer[2])
      if not before then size = size + 1 end
      all[rule] = change
      isChanged = true
    elseif not change.ends then
      refused[#refused + 1] = offer[1]
    end
  end
end
if isChanged then
  rev = ARGV[2]
  redis.call('HSET', key, 'rev', rev)
end
local left = redis.call('PTTL', key)
if left ~= -2 and left < keep / 2 then redis.call('PEXPIRE', key, keep) end
if rev == ARGV[1] then return { rev, refused } end
return { rev, refused, redis.call('HGETALL', key) }
`

/** The script with its name in the store. */
export const pauseScript = { text, sha: createHash('sha1').update(text).digest('hex') }
