-- ARGV: wake, token, lease (ms)
-- Returns {key, ms it was due, tries, notes}, or {ms until there may be something} (-1: nothing at all).
local token, ms = ARGV[2], tonumber(ARGV[3])
local t = now()

-- The clock was set back, or another server with another clock took over: move everything along,
-- or keys would wait for the old time to come round.
local function shift(by)
  for _, set in ipairs({due, lease}) do
    local all = redis.call('ZRANGE', set, 0, -1, 'WITHSCORES')
    for i = 1, #all, 2 do
      redis.call('ZADD', set, str(tonumber(all[i + 1]) + by), all[i])
    end
  end
  for _, hash in ipairs({busy, hold}) do
    local all = redis.call('HGETALL', hash)
    for i = 1, #all, 2 do
      if all[i + 1] ~= '' then
        redis.call('HSET', hash, all[i], str(tonumber(all[i + 1]) + by))
      end
    end
  end
end

local last = tonumber(redis.call('GET', clock) or '')
if last and t + 1000 < last then
  shift(t - last)
end
if not last or t + 1000 < last or t > last + 1000 then
  -- A full server refuses this; then the old mark is good enough.
  redis.pcall('SET', clock, str(t))
end

-- Leases that ran out: their worker died, hangs or cannot reach us.
local dead = redis.call('ZRANGEBYSCORE', lease, '-inf', str(t), 'WITHSCORES', 'LIMIT', 0, 100)
for i = 1, #dead, 2 do
  local key, again = release(dead[i])
  if key then
    give_back(key)
    redis.call('HINCRBY', tries, key, 1)
    schedule(key, math.min(tonumber(dead[i + 1]), again or math.huge))
  end
end

-- A server that evicts keys may have lost the leases but kept the marks: nobody would ever run those again.
if redis.call('ZCARD', lease) == 0 and redis.call('HLEN', busy) > 0 then
  local lost = redis.call('HKEYS', busy)
  redis.call('DEL', busy, holder)
  for _, key in ipairs(lost) do
    give_back(key)
    schedule(key, t)
  end
end

-- This token holds something already: the answer to an earlier call was lost on its way.
local key = redis.call('HGET', holder, token)
if key then
  redis.call('ZREM', lease, token)
  redis.call('ZADD', lease, str(t + ms), token)
  return {key, 0, tonumber(redis.call('HGET', tries, key) or 0), redis.call('HGET', held, key) or ''}
end

local first = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')
local at = tonumber(first[2] or '')
if not at or at > t then
  local ending = tonumber(redis.call('ZRANGE', lease, 0, 0, 'WITHSCORES')[2] or '')
  if ending and (not at or ending < at) then
    at = ending
  end
  return {at and at - t or -1}
end

key = first[1]
redis.call('ZREM', due, key)
redis.call('ZADD', lease, str(t + ms), token)
redis.call('HSET', holder, token, key)
redis.call('HSET', busy, key, '')
redis.call('HDEL', hold, key)
local given = redis.call('HGET', notes, key)
if given then
  redis.call('HSET', held, key, given)
  redis.call('HDEL', notes, key)
end
return {key, t - at, tonumber(redis.call('HGET', tries, key) or 0), given or ''}
