-- ARGV: wake, token, key, lease (ms)
-- Returns 1, or 0 when the token no longer holds the key.
local token = ARGV[2]
if redis.call('HGET', holder, token) ~= ARGV[3] then
  return 0
end
-- Removed first, so that a server out of memory lets it through (see release).
redis.call('ZREM', lease, token)
redis.call('ZADD', lease, str(now() + tonumber(ARGV[4])), token)
return 1
