package jiratest_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"time"

	"andon/jira/jiratest"
)

// A sprint is started by a person, and a webhook tells of it.
func ExampleJira_AddWebhook() {
	j := jiratest.New(jiratest.Options{})
	demo, err := jiratest.SeedDemo(j)
	if err != nil {
		fmt.Println(err)
		return
	}
	receiver := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		body, err := io.ReadAll(req.Body)
		fmt.Println(err, req.Header.Get("X-Hub-Signature") == jiratest.Sign("hush", body))
		w.WriteHeader(http.StatusAccepted)
	}))
	defer receiver.Close()
	if _, err := j.AddWebhook(jiratest.Webhook{URL: receiver.URL, Events: []string{"sprint_started"}, Secret: "hush"}); err != nil {
		fmt.Println(err)
		return
	}
	if err := j.As("sm@example.com").StartSprint(demo.FutureSprint, 14*24*time.Hour); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(j.DeliverAll(context.Background()))
	s, _ := j.Sprint(demo.FutureSprint)
	fmt.Println(s.Name, s.State)
	// Output:
	// <nil> true
	// 1
	// SHOP Sprint 8 active
}

// The answer of a call is lost after the call took effect.
func ExampleJira_Fail() {
	j := jiratest.New(jiratest.Options{})
	demo, err := jiratest.SeedDemo(j)
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := j.Fail(jiratest.Fault{Method: "POST", Path: "/rest/agile/1.0/sprint/*", Kind: jiratest.FaultReset, After: true}); err != nil {
		fmt.Println(err)
		return
	}
	client := &http.Client{Transport: j.Transport()}
	req, err := http.NewRequest("POST", fmt.Sprintf("http://jira/rest/agile/1.0/sprint/%d", demo.ActiveSprint), strings.NewReader(`{"state":"closed"}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	req.SetBasicAuth("andon@example.com", "demo")
	res, err := client.Do(req)
	if err == nil {
		err = res.Body.Close()
	}
	s, _ := j.Sprint(demo.ActiveSprint)
	fmt.Println(err)
	fmt.Println(s.State)
	// Output:
	// Post "http://jira/rest/agile/1.0/sprint/1": POST /rest/agile/1.0/sprint/1: unexpected EOF
	// closed
}

// Every second delivery comes twice, by script.
func ExampleJira_SetFate() {
	j := jiratest.New(jiratest.Options{})
	demo, err := jiratest.SeedDemo(j)
	if err != nil {
		fmt.Println(err)
		return
	}
	if _, err := j.AddWebhook(jiratest.Webhook{URL: "http://nobody.invalid/", Events: []string{"sprint_created"}}); err != nil {
		fmt.Println(err)
		return
	}
	j.SetFate(func(d jiratest.Delivery) jiratest.Fate { return jiratest.Fate{Copies: int(d.ID % 2)} })
	for _, name := range []string{"One", "Two"} {
		if _, err := j.As("sm@example.com").CreateSprint(demo.ShopBoard, name); err != nil {
			fmt.Println(err)
			return
		}
	}
	for _, d := range j.Pending() {
		fmt.Println(d.Event, d.Duplicate)
	}
	// Output:
	// sprint_created false
	// sprint_created true
	// sprint_created false
	// sprint_created true
}
