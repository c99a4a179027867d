package queue

import (
	_ "embed" // the scripts are part of the binary

	"github.com/redis/go-redis/v9"
)

var (
	//go:embed lua/lib.lua
	luaLib string
	//go:embed lua/add.lua
	luaAdd string
	//go:embed lua/take.lua
	luaTake string
	//go:embed lua/done.lua
	luaDone string
	//go:embed lua/extend.lua
	luaExtend string
	//go:embed lua/stats.lua
	luaStats string
)

// scripts are the steps that must happen at once.
type scripts struct {
	add, take, done, extend, stats *redis.Script
}

func newScripts() scripts {
	with := func(body string) *redis.Script { return redis.NewScript(luaLib + body) }
	return scripts{add: with(luaAdd), take: with(luaTake), done: with(luaDone), extend: with(luaExtend), stats: with(luaStats)}
}
