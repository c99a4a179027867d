package jiratest_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"

	"andon/jira/jiratest"
)

// The Product Owner labels an issue; a client that talks to the simulated
// site over HTTP sees the label, and the changelog tells who put it there.
func Example() {
	j := jiratest.New(jiratest.Options{Flavour: jiratest.Cloud})
	if _, err := jiratest.SeedDemo(j); err != nil {
		fmt.Println(err)
		return
	}
	srv := httptest.NewServer(j)
	defer srv.Close()
	j.SetBaseURL(srv.URL)

	if err := j.As("po@example.com").AddLabel("SHOP-6", "disaster"); err != nil {
		fmt.Println(err)
		return
	}

	req, err := http.NewRequest(http.MethodGet, srv.URL+"/rest/api/2/issue/SHOP-6?fields=labels", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	req.SetBasicAuth("andon@example.com", "demo")
	res, err := srv.Client().Do(req)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		fmt.Println(err)
		return
	}
	is, _ := j.Issue("SHOP-6")
	fmt.Println(res.StatusCode, len(body) > 0, is.Labels, is.History[0].Author)
	// Output: 200 true [disaster] 712020:po
}
