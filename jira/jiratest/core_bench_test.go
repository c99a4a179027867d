package jiratest

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
)

// BenchmarkSearch looks for a label on a site with two thousand issues, the way
// a sweep does.
func BenchmarkSearch(b *testing.B) {
	j := New(Options{})
	if _, err := SeedDemo(j); err != nil {
		b.Fatal(err)
	}
	for i := range 2000 {
		spec := IssueSpec{Project: "SHOP", Summary: fmt.Sprint("issue ", i)}
		if i%100 == 0 {
			spec.Labels = []string{"disaster"}
		}
		if _, err := j.AddIssue(spec); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		req := httptest.NewRequest(http.MethodGet, "/rest/api/2/search/jql?jql=labels%3Ddisaster&fields=*all", nil)
		req.SetBasicAuth("po@example.com", "demo")
		rec := httptest.NewRecorder()
		j.ServeHTTP(rec, req)
		if rec.Code != http.StatusOK {
			b.Fatal(rec.Body)
		}
	}
}
