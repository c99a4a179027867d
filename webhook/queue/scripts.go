package queue

import (
	"context"
	_ "embed" // the scripts are part of the binary
	"slices"

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
	add, take, done, extend, stats script
}

// script is one of them, with the words that each call of it begins with: the hash of its
// text, the keys and the channel.
type script struct {
	text string
	head []any
}

func newScripts(keys []string, channel string) scripts {
	with := func(body string) script {
		text := luaLib + body
		head := []any{"evalsha", redis.NewScript(text).Hash(), len(keys)}
		for _, key := range keys {
			head = append(head, key)
		}
		return script{text, append(head, channel)}
	}
	return scripts{add: with(luaAdd), take: with(luaTake), done: with(luaDone), extend: with(luaExtend), stats: with(luaStats)}
}

// call is the command that runs the script.
func (s script) call(ctx context.Context, args ...any) *redis.Cmd {
	return redis.NewCmd(ctx, slices.Concat(s.head, args)...)
}

// tell is the same for a Redis that does not know the script, after a restart for one.
func (s script) tell(ctx context.Context, args ...any) *redis.Cmd {
	c := s.call(ctx, args...)
	c.Args()[0], c.Args()[1] = "eval", s.text
	return c
}
