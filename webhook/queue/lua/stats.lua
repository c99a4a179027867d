-- Returns {waiting, of these due, in flight, ms the oldest has been due}.
local t = now()
local first = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')
local late = t - tonumber(first[2] or t)
return {
  redis.call('ZCARD', due),
  redis.call('ZCOUNT', due, '-inf', str(t)),
  redis.call('ZCARD', lease),
  math.max(late, 0),
}
