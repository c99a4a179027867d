-- ARGV: wake, key, delay (ms), notes...
local key = ARGV[2]
local at = now() + tonumber(ARGV[3])
if #ARGV > 3 then
  local fresh = table.concat(ARGV, '\n', 4)
  redis.call('HSET', notes, key, merge(redis.call('HGET', notes, key) or '', fresh))
end
local again = redis.call('HGET', busy, key)
if again then
  if again == '' or at < tonumber(again) then
    redis.call('HSET', busy, key, str(at))
  end
  return 0
end
local floor = tonumber(redis.call('HGET', hold, key) or '')
if floor and at < floor then
  at = floor
end
schedule(key, at)
return 1
