package jiratest

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// spec is Atlassian's API description as far as answers are concerned. It is
// not part of this repository; where it is at hand, every answer that a table
// of steps gets from a Cloud site is held against it.
type spec struct {
	Paths      map[string]map[string]operation
	Components struct{ Schemas map[string]*schema }
}

type operation struct {
	Responses map[string]struct {
		Content map[string]struct{ Schema *schema }
	}
}

type schema struct {
	Ref                  string `json:"$ref"`
	Type                 string
	Properties           map[string]*schema
	Items                *schema
	Enum                 []any
	Nullable             bool
	AllOf, AnyOf, OneOf  []*schema
	AdditionalProperties json.RawMessage
}

// loadSpec reads the description from $ANDON_SHARED, or from a folder "shared"
// beside one of the folders above; nil where there is none.
var loadSpec = sync.OnceValues(func() (*spec, error) {
	places := []string{os.Getenv("ANDON_SHARED")}
	if places[0] == "" {
		dir, err := filepath.Abs(".")
		if err != nil {
			return nil, err
		}
		for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
			places = append(places, filepath.Join(dir, "shared"))
		}
	}
	for _, p := range places {
		b, err := os.ReadFile(filepath.Join(p, "spec", "jira.json"))
		if err != nil {
			continue
		}
		var s spec
		if err := json.Unmarshal(b, &s); err != nil {
			return nil, fmt.Errorf("read %s: %w", p, err)
		}
		return &s, nil
	}
	if os.Getenv("ANDON_TEST_REQUIRE") == "1" {
		return nil, os.ErrNotExist
	}
	return nil, nil
})

// undocumented are answers that Jira gives and its description does not list.
func undocumented(method, template string, status int) bool {
	if status == 401 || status == 405 || status == 413 || status == 410 {
		return true
	}
	return slices.Contains([]string{
		"POST /rest/api/2/issueLink 401",
	}, fmt.Sprintf("%s %s %d", method, template, status))
}

// checkSpec holds an answer against the description.
func checkSpec(t *testing.T, method, path string, status int, body []byte) {
	t.Helper()
	s, err := loadSpec()
	if err != nil {
		t.Fatalf("Atlassian's API description: %v", err)
	}
	if s == nil || strings.HasPrefix(path, "/rest/agile/") || strings.HasPrefix(path, "/rest/software/") {
		return
	}
	path, _, _ = strings.Cut(path, "?")
	template, op := s.find(method, path)
	if op == nil {
		return
	}
	res, documented := op.Responses[fmt.Sprint(status)]
	if !documented {
		if !undocumented(method, template, status) && status != 404 {
			t.Errorf("%s %s: status %d is not in Atlassian's description: %s", method, template, status, body)
		}
		return
	}
	media, has := res.Content["application/json"]
	if !has || media.Schema == nil || len(body) == 0 || status >= 300 || method+" "+template == "GET /rest/api/2/issue/{issueIdOrKey}/remotelink" {
		return // the shapes of errors are not reliable there, nor is the list of remote links, which it calls an object
	}
	var v any
	if err := json.Unmarshal(body, &v); err != nil {
		t.Errorf("%s %s: %v", method, template, err)
		return
	}
	for _, fault := range s.faults(media.Schema, v, "", 0) {
		t.Errorf("%s %s %d: %s", method, template, status, fault)
	}
}

// find gives the template with the most literal elements.
func (s *spec) find(method, path string) (string, *operation) {
	got, best := strings.Split(path, "/"), ""
	for template, ops := range s.Paths {
		want := strings.Split(template, "/")
		if _, there := ops[strings.ToLower(method)]; there && fits(want, got) && (best == "" || closer(want, strings.Split(best, "/"))) {
			best = template
		}
	}
	if best == "" {
		return "", nil
	}
	op := s.Paths[best][strings.ToLower(method)]
	return best, &op
}

// faults lists where a value does not fit a schema.
func (s *spec) faults(sc *schema, v any, at string, depth int) []string {
	if sc == nil || depth > 40 || v == nil {
		return nil // null is all over Jira's answers, whatever the description says
	}
	if sc.Ref != "" {
		return s.faults(s.Components.Schemas[sc.Ref[strings.LastIndexByte(sc.Ref, '/')+1:]], v, at, depth+1)
	}
	var out []string
	for _, part := range sc.AllOf {
		out = append(out, s.faults(part, v, at, depth+1)...)
	}
	if alts := append(slices.Clone(sc.AnyOf), sc.OneOf...); len(alts) > 0 && !slices.ContainsFunc(alts, func(a *schema) bool { return len(s.faults(a, v, at, depth+1)) == 0 }) {
		out = append(out, at+" fits none of the alternatives")
	}
	if len(sc.Enum) > 0 && !slices.Contains(sc.Enum, v) {
		out = append(out, fmt.Sprintf("%s: %v is not one of %v", at, v, sc.Enum))
	}
	kind := map[string]bool{"": true}
	switch x := v.(type) {
	case map[string]any:
		kind["object"] = true
		for _, k := range sortedKeys(x) {
			if p, there := sc.Properties[k]; there {
				out = append(out, s.faults(p, x[k], at+"."+k, depth+1)...)
			} else if string(sc.AdditionalProperties) == "false" && k != "toString" { // the generator lost that name
				out = append(out, at+"."+k+" is unknown")
			}
		}
	case []any:
		kind["array"] = true
		for i, e := range x {
			out = append(out, s.faults(sc.Items, e, fmt.Sprintf("%s.%d", at, i), depth+1)...)
		}
	case string:
		kind["string"] = true
	case bool:
		kind["boolean"] = true
	case float64:
		kind["number"], kind["integer"] = true, x == float64(int64(x))
	}
	if !kind[sc.Type] {
		out = append(out, fmt.Sprintf("%s is %v, not of type %s", at, v, sc.Type))
	}
	return out
}
