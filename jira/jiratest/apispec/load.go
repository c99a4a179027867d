package apispec

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
)

// Spec is the description, ready to judge.
type Spec struct {
	doc     *openapi3.T
	router  routers.Router
	excuses []ruled
}

// Load reads a description and reduces it to what is simulated.
func Load(path string) (*Spec, error) {
	raw, err := os.ReadFile(path) //nolint:gosec // a test names it
	if err != nil {
		return nil, fmt.Errorf("read the description of the API: %w", err)
	}
	small, err := reduce(raw)
	if err != nil {
		return nil, fmt.Errorf("reduce %s: %w", path, err)
	}
	doc, err := openapi3.NewLoader().LoadFromData(small)
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", path, err)
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		return nil, fmt.Errorf("route %s: %w", path, err)
	}
	return &Spec{doc: doc, router: router, excuses: compiled()}, nil
}

// kept says whether a path of the description is one that a tool around issues,
// sprints, roles and permissions could call.
func kept(path string) bool {
	if strings.HasPrefix(path, "/rest/agile/1.0/") || strings.HasPrefix(path, "/rest/software/1.0/") {
		return true
	}
	rest, ok := strings.CutPrefix(path, "/rest/api/2/")
	first, _, _ := strings.Cut(rest, "/")
	return ok && slices.Contains([]string{
		"changelog", "comment", "field", "group", "issue", "issueLink", "issueLinkType", "issuetype", "mypermissions", "myself", "permissions",
		"permissionscheme", "priority", "project", "resolution", "role", "search", "serverInfo", "status", "statuscategory", "user", "webhook",
	}, first)
}

// reduce takes away the paths that nobody calls and the schemas that only those
// used: loading the whole takes seconds. What is left is closed.
func reduce(raw []byte) ([]byte, error) {
	var doc map[string]any
	if err := json.Unmarshal(raw, &doc); err != nil {
		return nil, err
	}
	paths, ok := doc["paths"].(map[string]any)
	components, ok2 := doc["components"].(map[string]any)
	schemas, ok3 := components["schemas"].(map[string]any)
	if !ok || !ok2 || !ok3 {
		return nil, fmt.Errorf("no paths or no schemas")
	}
	maps.DeleteFunc(paths, func(path string, _ any) bool { return !kept(path) })
	if err := addOwn(paths, schemas); err != nil {
		return nil, err
	}
	used := map[string]bool{}
	references(paths, schemas, used)
	maps.DeleteFunc(schemas, func(name string, _ any) bool { return !used[name] })
	dropExamples(doc)
	unwrap(doc)
	c := closing{open: map[string]bool{}}
	c.find(doc)
	c.shut(paths)
	for name, s := range schemas {
		if !c.open[name] {
			c.shut(s)
		}
	}
	return json.Marshal(doc)
}

const schemaRef = "#/components/schemas/"

// references collects the names of the schemas that a part uses, directly or not.
func references(part any, schemas map[string]any, used map[string]bool) {
	switch x := part.(type) {
	case map[string]any:
		if ref, ok := x["$ref"].(string); ok {
			if name := strings.TrimPrefix(ref, schemaRef); !used[name] {
				used[name] = true
				references(schemas[name], schemas, used)
			}
		}
		for _, v := range x {
			references(v, schemas, used)
		}
	case []any:
		for _, v := range x {
			references(v, schemas, used)
		}
	}
}

// dropExamples takes out what only people read; a field may be called "example".
func dropExamples(part any) {
	switch x := part.(type) {
	case map[string]any:
		if x["content"] != nil || x["schema"] != nil || x["type"] != nil {
			delete(x, "example")
			delete(x, "examples")
		}
		for _, v := range x {
			dropExamples(v)
		}
	case []any:
		for _, v := range x {
			dropExamples(v)
		}
	}
}

// unwrap puts the only part of a composition in the composition's place, so that it
// can be closed and what is wrong in it is told.
func unwrap(part any) {
	switch x := part.(type) {
	case map[string]any:
		if list, ok := x["allOf"].([]any); ok && len(list) == 1 && x["properties"] == nil {
			if only, ok := list[0].(map[string]any); ok {
				delete(x, "allOf")
				maps.Copy(x, only)
			}
		}
		for _, v := range x {
			unwrap(v)
		}
	case []any:
		for _, v := range x {
			unwrap(v)
		}
	}
}

// closing makes objects refuse fields that their schema does not name. Parts of a
// composition stay open, since each part names only some of the fields.
type closing struct{ open map[string]bool }

// find notes the schemas that are parts of a composition.
func (c closing) find(part any) {
	switch x := part.(type) {
	case map[string]any:
		for k, v := range x {
			if k == "allOf" || k == "anyOf" || k == "oneOf" {
				c.leaveOpen(v)
			}
			c.find(v)
		}
	case []any:
		for _, v := range x {
			c.find(v)
		}
	}
}

func (c closing) leaveOpen(parts any) {
	list, _ := parts.([]any)
	for _, p := range list {
		if m, ok := p.(map[string]any); ok {
			if ref, ok := m["$ref"].(string); ok {
				c.open[strings.TrimPrefix(ref, schemaRef)] = true
			}
		}
	}
}

// shut closes the objects of a part.
func (c closing) shut(part any) {
	switch x := part.(type) {
	case map[string]any:
		if fields, ok := x["properties"].(map[string]any); ok && len(fields) > 0 && x["additionalProperties"] == nil && isSchema(x) {
			x["additionalProperties"] = false
		}
		for k, v := range x {
			if k != "allOf" && k != "anyOf" && k != "oneOf" {
				c.shut(v)
			}
		}
	case []any:
		for _, v := range x {
			c.shut(v)
		}
	}
}

// isSchema tells a schema from a field that happens to be called "properties".
func isSchema(x map[string]any) bool {
	kind, ok := x["type"].(string)
	return ok && kind == "object"
}
