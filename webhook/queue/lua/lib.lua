-- Put in front of every other script: the names, the clock, and what several scripts do.
--
-- due     ZSET  key   -> when it is due (ms)           keys that wait
-- lease   ZSET  token -> when the lease ends (ms)      runs in flight
-- holder  HASH  token -> key
-- busy    HASH  key   -> '' or when to run it again    the same runs, by key
-- tries   HASH  key   -> failed runs in a row
-- notes   HASH  key   -> notes for the next run        (joined by line breaks)
-- held    HASH  key   -> notes given to the run in flight
-- hold    HASH  key   -> not due before this, whatever is added
-- clock   STRING         the time that take saw last
local due, lease, holder, busy = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local tries, notes, held, hold, clock = KEYS[5], KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local wake = ARGV[1]
local max_notes = 64

-- The server's clock is the only one: clients may disagree about the time.
local function now()
  local t = redis.call('TIME')
  return t[1] * 1000 + math.floor(t[2] / 1000)
end

-- Plain digits: Lua would write large numbers with an exponent.
local function str(n)
  return string.format('%.0f', n)
end

-- Older notes come first, a note that comes again counts as new, the oldest are dropped.
local function merge(older, newer)
  local all = {}
  for _, list in ipairs({older, newer}) do
    for note in string.gmatch(list or '', '[^\n]+') do
      all[#all + 1] = note
    end
  end
  local seen, kept = {}, {}
  for i = #all, 1, -1 do
    if not seen[all[i]] and #kept < max_notes then
      seen[all[i]] = true
      table.insert(kept, 1, all[i])
    end
  end
  return table.concat(kept, '\n')
end

-- The earlier time wins. Sleepers know when the first key is due, so only a new first one wakes them.
local function schedule(key, at)
  if redis.call('ZADD', due, 'LT', 'CH', str(at), key) == 1
      and redis.call('ZRANGE', due, 0, 0)[1] == key then
    redis.call('PUBLISH', wake, '')
  end
end

-- Ends a lease; returns its key and when that was asked to run again, if it was.
-- ZREM comes first on purpose: a server out of memory refuses writes that may grow only as long as
-- the script has written nothing, so that a full server can still be worked empty.
local function release(token)
  local key = redis.call('HGET', holder, token)
  redis.call('ZREM', lease, token)
  if not key then
    return nil, nil
  end
  redis.call('HDEL', holder, token)
  local again = redis.call('HGET', busy, key)
  redis.call('HDEL', busy, key)
  return key, tonumber(again or '')
end

-- The run came to nothing: the next one gets its notes.
local function give_back(key)
  local given = redis.call('HGET', held, key)
  if given then
    redis.call('HSET', notes, key, merge(given, redis.call('HGET', notes, key) or ''))
    redis.call('HDEL', held, key)
  end
end
