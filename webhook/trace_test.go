package webhook

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
)

// traced notes what is traced.
type traced struct{ lines []string }

type tracedKey struct{}

func (r *traced) begin(ctx context.Context, name string, attrs ...slog.Attr) (context.Context, func(error, ...slog.Attr)) {
	return context.WithValue(ctx, tracedKey{}, name), func(err error, more ...slog.Attr) {
		r.lines = append(r.lines, fmt.Sprint(name, append(attrs, more...), err != nil))
	}
}

func TestOnlyGenuineWebhooksAreTraced(t *testing.T) {
	t.Parallel()
	rig := newRig(t, testConfig(), fakeKnown{})
	var r traced
	var inside any
	rig.deps.Trace = r.begin
	rig.hints.fail = func(ctx context.Context, _ string) error { inside = ctx.Value(tracedKey{}); return nil }
	rig.post(relevant)
	rig.post(`{"webhookEvent":"user_created"}`)
	rig.post("no event")
	rig.do("POST", signedPath, relevant)                 // without a signature
	rig.do("POST", "/webhooks/jira/wrong-one", relevant) // with a wrong token
	rig.hints.fail = func(context.Context, string) error { return errors.New("Redis is away") }
	rig.post(relevant)
	want := []string{
		"webhook[andon.outcome=queued http.response.status_code=202] false",
		"webhook[andon.outcome=dropped http.response.status_code=204] false",
		"webhook[andon.outcome=invalid http.response.status_code=400] true",
		"webhook[andon.outcome=unavailable http.response.status_code=503] true",
	}
	if fmt.Sprint(r.lines) != fmt.Sprint(want) {
		t.Errorf("traced:\n%v\nwant\n%v", r.lines, want)
	}
	if inside != "webhook" {
		t.Error("storing the hint is not part of the trace")
	}
}

func TestOnlyGenuineWebhooksAreNotedAsTheLastOne(t *testing.T) {
	t.Parallel()
	rig := newRig(t, testConfig(), fakeKnown{})
	last := func() float64 {
		families, err := rig.reg.Gather()
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range families {
			if f.GetName() == "andon_webhook_last_genuine_timestamp_seconds" {
				return f.GetMetric()[0].GetGauge().GetValue()
			}
		}
		t.Fatal("there is no such figure")
		return 0
	}
	rig.do("POST", signedPath, relevant)
	if last() != 0 {
		t.Error("a webhook without a signature counts")
	}
	rig.post(`{"webhookEvent":"user_created"}`)
	if want := float64(rig.clock.now().Unix()); last() != want {
		t.Errorf("%v, want %v", last(), want)
	}
}
