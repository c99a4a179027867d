package queue

import (
	"strings"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

func TestOpenKnowsItsForms(t *testing.T) {
	tests := []struct {
		name, url string
		want      func(c redis.UniversalClient) bool
	}{
		{"one server", "redis://u:p@example.com:6380/3", func(c redis.UniversalClient) bool {
			o := c.(*redis.Client).Options()
			return o.Addr == "example.com:6380" && o.DB == 3 && o.Username == "u" && o.Password == "p" && o.TLSConfig == nil
		}},
		{"over TLS", "rediss://example.com", func(c redis.UniversalClient) bool {
			o := c.(*redis.Client).Options()
			return o.Addr == "example.com:6379" && o.TLSConfig.ServerName == "example.com" && !o.TLSConfig.InsecureSkipVerify
		}},
		{"a local socket", "unix:///run/redis.sock?db=2", func(c redis.UniversalClient) bool {
			o := c.(*redis.Client).Options()
			return o.Network == "unix" && o.Addr == "/run/redis.sock" && o.DB == 2
		}},
		{"fails quickly", "redis://h", func(c redis.UniversalClient) bool {
			o := c.(*redis.Client).Options()
			return o.DialTimeout == time.Second && o.ReadTimeout == 2*time.Second && o.MaxRetries == 1 &&
				o.DialerRetries == 1 && o.ContextTimeoutEnabled
		}},
		{"parameters win", "redis://h?dial_timeout=3s&read_timeout=5s&max_retries=7&pool_size=20", func(c redis.UniversalClient) bool {
			o := c.(*redis.Client).Options()
			return o.DialTimeout == 3*time.Second && o.ReadTimeout == 5*time.Second && o.MaxRetries == 7 && o.PoolSize == 20
		}},
		{"a cluster by nodes", "rediss://u:p@n1:1?addr=n2:2&addr=n3:3", func(c redis.UniversalClient) bool {
			o := c.(*redis.ClusterClient).Options()
			return strings.Join(o.Addrs, " ") == "n1:1 n2:2 n3:3" && o.Password == "p" && o.ContextTimeoutEnabled && o.MaxRetries == 1
		}},
		{"a cluster by one address", "redis://n1?cluster=true", func(c redis.UniversalClient) bool {
			_, is := c.(*redis.ClusterClient)
			return is
		}},
		{"not a cluster", "redis://n1?cluster=false", func(c redis.UniversalClient) bool {
			_, is := c.(*redis.Client)
			return is
		}},
		{"sentinel", "redis://su:sp@s1:26379/1?addr=s2:26379&master_name=m&username=u&password=p", func(c redis.UniversalClient) bool {
			o := c.(*redis.Client).Options()
			return o.Addr == "FailoverClient" && o.Username == "u" && o.Password == "p" && o.DB == 1 && o.ContextTimeoutEnabled
		}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			q, err := Open(tt.url, RedisOptions{})
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = q.Close() }()
			if !tt.want(q.client) {
				t.Errorf("%s: not as wanted: %T", tt.url, q.client)
			}
		})
	}
}

func TestABadURLIsExplainedWithoutItsSecrets(t *testing.T) {
	for url, want := range map[string]string{
		"":                                                  "not understood",
		"localhost:6379":                                    "not understood",
		"http://localhost":                                  "invalid URL scheme: http",
		"redis://localhost:port":                            "invalid port",
		"redis://localhost/zero":                            `invalid database number: "zero"`,
		"redis://localhost?no_such=1":                       "unexpected option: no_such",
		"redis://localhost?read_timeout=x":                  "read_timeout",
		"redis://localhost?cluster=maybe":                   "true or false",
		"redis://h?cluster=true&db=1":                       "unexpected option: db",
		"redis://h?master_name=m&no_such=1":                 "unexpected option: no_such",
		"unix://":                                           "empty unix socket path",
		"redis://u:top/secret@localhost":                    "%XX",
		"redis://:top?secret@localhost":                     "%XX",
		"redis://u:12/secret@localhost:6379":                "%XX",
		"redis://u:12?secret@localhost":                     "%XX",
		"redis://u:%secret@localhost":                       "%XX",
		"redis://u:top#secret@localhost/x":                  "%XX",
		"redis://h?master_name=m&password=secret&no_such=1": "%XX",
	} {
		q, err := Open(url, RedisOptions{})
		if err == nil {
			_ = q.Close()
			t.Errorf("%q: accepted", url)
			continue
		}
		if !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v, want %q in it and no secret", url, err, want)
		}
	}
}

func TestAURLIsCheckedWithoutAnyServer(t *testing.T) {
	for url, good := range map[string]bool{
		"redis://:pw@localhost:1/0": true, "redis://localhost:1?cluster=true": true, "redis://localhost:1/0?master_name=m": true,
		"redis://localhost:1/0?nonsense=1": false, "redis://localhost:1?cluster=maybe": false, "http://localhost:1": false, "": false,
	} {
		if err := CheckURL(url); (err == nil) != good {
			t.Errorf("%q: %v", url, err)
		}
	}
}

func FuzzOpenNeverTellsAPassword(f *testing.F) {
	f.Add("redis://u:", "hunter2", "@localhost:6379/0")
	f.Add("redis://", "a/b?c#d", "@h?addr=x")
	f.Add("rediss://x?master_name=m&password=", "%zz", "&db=x")
	f.Fuzz(func(t *testing.T, before, password, after string) {
		if len(password) < 6 || !strings.HasPrefix(after, "@") {
			return
		}
		_, err := Connect(before + password + after)
		if err != nil && strings.Contains(err.Error(), password) && !strings.Contains(badURL("@", nil).Error(), password) {
			t.Errorf("%q tells %q", err, password)
		}
	})
}

func TestThePrefixKeepsAClustersKeysTogether(t *testing.T) {
	for prefix, want := range map[string]string{
		"": "{andon}", "team": "{team}", "{a}": "{a}", "x{a}": "x{a}", "{a}b": "{a}b",
		"{}": "error", "{": "error", "a}": "error", "}{": "error", "}a{": "error", "x{}": "error",
	} {
		client := redis.NewClient(&redis.Options{})
		q, err := NewRedis(client, RedisOptions{Prefix: prefix})
		if want == "error" {
			if err == nil {
				t.Errorf("%q: accepted", prefix)
			}
			_ = client.Close()
			continue
		}
		if err != nil {
			t.Errorf("%q: %v", prefix, err)
			continue
		}
		if q.channel != want+":wake" || q.pins != want+":pins" || q.scripts.add.head[3] != want+":due" {
			t.Errorf("%q: %q, %q, %q", prefix, q.channel, q.pins, q.scripts.add.head[3])
		}
		_ = q.Close()
	}
}

func TestNonsensicalTimesAreRefused(t *testing.T) {
	for _, opt := range []RedisOptions{{Lease: -1}, {Lease: time.Microsecond}, {Poll: -time.Second}} {
		if q, err := Open("redis://localhost", opt); err == nil {
			_ = q.Close()
			t.Errorf("%+v: accepted", opt)
		}
	}
}

func TestMillisRoundsUp(t *testing.T) {
	for d, want := range map[time.Duration]int64{
		-time.Hour: 0, 0: 0, 1: 1, time.Millisecond: 1, time.Millisecond + 1: 2, 1999 * time.Microsecond: 2, time.Hour: 3600000,
	} {
		if got := millis(d); got != want {
			t.Errorf("%v: %d, want %d", d, got, want)
		}
	}
}

func TestAnAnswerThatIsNotOneIsAnError(t *testing.T) {
	for name, values := range map[string][]any{
		"too short": {int64(1)}, "not a text": {int64(1), int64(2)}, "not a number": {"x", "y"}, "empty": {},
	} {
		f := fields{values: values}
		f.int()
		f.str()
		if f.err == nil {
			t.Errorf("%s: accepted", name)
		}
		if f.int() != 0 || f.str() != "" {
			t.Errorf("%s: read on after a mistake", name)
		}
	}
}
