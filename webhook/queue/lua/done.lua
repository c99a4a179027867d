-- ARGV: wake, token, key, how ('ok', 'failed' or 'returned'), again in ms (0: not again), hold ('1' or '0')
-- Returns 1, or 0 when the token no longer holds the key.
local token, key, how, wait = ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5])
if redis.call('HGET', holder, token) ~= key then
  return 0
end
local t = now()
local _, at = release(token)
if how == 'ok' then
  redis.call('HDEL', tries, key)
  redis.call('HDEL', held, key)
else
  give_back(key)
end
if how == 'failed' then
  redis.call('HINCRBY', tries, key, 1)
end
if how == 'returned' then
  at = t
elseif wait > 0 then
  at = math.min(at or math.huge, t + wait)
  if ARGV[6] == '1' then
    at = t + wait
    redis.call('HSET', hold, key, str(at))
  end
end
if at then
  schedule(key, at)
end
return 1
