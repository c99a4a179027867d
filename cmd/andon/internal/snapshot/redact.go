package snapshot

import (
	"encoding/json"
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"andon/rules"
)

// Redact gives a copy of a file in which names, texts and addresses are replaced, each
// everywhere by the same, so that the plan stays the same but for its words. Ids of
// issues, sprints and boards stay, and so do statuses, resolutions and andon's own labels.
// A text that nobody thought of here is replaced.
func Redact(f File) (File, error) {
	raw, err := json.Marshal(f)
	if err != nil {
		return File{}, fmt.Errorf("redact the facts: %w", err)
	}
	var out File
	if err := json.Unmarshal(raw, &out); err != nil {
		return File{}, fmt.Errorf("redact the facts: %w", err)
	}
	r := redactor{names: map[string]string{}, counts: map[string]int{}, facts: f.Facts}
	r.keep()
	r.people(reflect.ValueOf(out.Facts))
	r.walk(reflect.ValueOf(&out.Facts).Elem(), "")
	out.Redacted = true
	return out, nil
}

// redactor replaces texts.
type redactor struct {
	facts rules.Facts
	// names are the replacements so far, by sort and text.
	names  map[string]string
	counts map[string]int
	// kept are texts that stay wherever they stand.
	kept map[string]bool
	// ids are the accounts, for marks that are made of them.
	ids []string
}

// keep notes what stays: words of the settings on which decisions rest.
func (r *redactor) keep() {
	s := r.facts.Settings
	r.kept = map[string]bool{"": true}
	for _, l := range slices.Concat(s.Labels.All(), s.RefusedResolutions, s.Channels) {
		r.kept[l] = true
	}
	for _, e := range rules.DefaultPlaybook().Entries {
		for _, text := range []string{e.ID, e.Title, e.Purpose, e.Done, e.Owner} {
			r.kept[text] = true
		}
	}
	for _, e := range s.Playbook.Entries {
		r.kept[e.ID] = true
	}
}

// people notes the accounts, before any mark that holds one is met.
func (r *redactor) people(v reflect.Value) {
	if p, is := reflect.TypeAssert[rules.Person](v); is {
		if p.ID != "" && !slices.Contains(r.ids, p.ID) {
			r.ids = append(r.ids, p.ID)
		}
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			r.people(v.Elem())
		}
	case reflect.Slice:
		for i := range v.Len() {
			r.people(v.Index(i))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() {
			return
		}
		for i := range v.NumField() {
			r.people(v.Field(i))
		}
	default:
	}
}

// walk replaces in everything below a value. Field is the name of the field it is in.
func (r *redactor) walk(v reflect.Value, field string) {
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			r.walk(v.Elem(), field)
		}
	case reflect.Slice:
		for i := range v.Len() {
			r.walk(v.Index(i), field)
		}
	case reflect.Map:
		r.mapped(v, field)
	case reflect.Struct:
		r.fields(v)
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() { // any other is one of a list of words
			v.SetString(r.text(field, v.String()))
		}
	default:
	}
}

// mapped replaces the values of a map. Its keys are ids, entries, channels or actions;
// an action may be marked with an account.
func (r *redactor) mapped(v reflect.Value, field string) {
	keys := v.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	for _, k := range keys {
		e := reflect.New(v.Type().Elem()).Elem()
		e.Set(v.MapIndex(k))
		r.walk(e, field)
		v.SetMapIndex(k, reflect.Value{})
		parts := strings.Split(k.String(), "/")
		for i := range parts {
			parts[i] = r.mark(parts[i])
		}
		v.SetMapIndex(reflect.ValueOf(strings.Join(parts, "/")).Convert(v.Type().Key()), e)
	}
}

// fields replaces in a struct.
func (r *redactor) fields(v reflect.Value) {
	switch v.Type() {
	case reflect.TypeFor[time.Time](), reflect.TypeFor[rules.Right](), reflect.TypeFor[rules.Labels](), reflect.TypeFor[rules.Status]():
		return
	case reflect.TypeFor[rules.Person]():
		r.person(v)
		return
	}
	for i := range v.NumField() {
		r.walk(v.Field(i), v.Type().Field(i).Name)
	}
}

// person replaces an account.
func (r *redactor) person(v reflect.Value) {
	p, _ := reflect.TypeAssert[rules.Person](v)
	switch {
	case p.ID != "":
		p.ID = r.replaced("person", p.ID)
		p.Name = strings.Replace(p.ID, "person-", "Person ", 1)
	case p.Name != "":
		p.Name = "Somebody"
	}
	if p.Username != "" {
		p.Username = r.replaced("login", p.Username)
	}
	v.Set(reflect.ValueOf(p))
}

// replaced is the replacement of a text, everywhere the same.
func (r *redactor) replaced(sort, text string) string {
	if known, ok := r.names[sort+"\n"+text]; ok {
		return known
	}
	r.counts[sort]++
	name := fmt.Sprintf("%s-%d", sort, r.counts[sort])
	r.names[sort+"\n"+text] = name
	return name
}

var (
	numeric = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9]+$`) })
	hash    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[0-9a-f]{16}$`) })
	keyText = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^([A-Z][A-Z0-9_]*)-([0-9]+)$`) })
	goal    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^CANCELLED by ([^:\s]{1,80}): ?(?s:(.*))$`) })
)

// text replaces one text.
func (r *redactor) text(field, s string) string {
	m := keyText().FindStringSubmatch(s)
	switch {
	case r.kept[s] || numeric().MatchString(s) || hash().MatchString(s):
		return s
	case slices.Contains([]string{"Type", "Source", "Resolution", "RefusedResolutions", "ProductOwnerRole"}, field):
		return s
	case field == "BaseURL":
		return "https://jira.example.com"
	case field == "AppsAllowed":
		return r.replaced("person", s)
	case slices.Contains([]string{"Said", "Told", "Owed"}, field):
		return r.mark(s)
	case field == "Of":
		return r.mark(s)
	case field == "Key" && m == nil, field == "ProjectKey", field == "Project":
		return r.project(s)
	case m != nil:
		return r.project(m[1]) + "-" + m[2]
	case slices.Contains([]string{"Labels", "Added", "Removed"}, field):
		if strings.HasPrefix(s, "cause-") {
			return s
		}
		return r.replaced("label", s)
	case field == "Goal":
		if g := goal().FindStringSubmatch(s); g != nil {
			return "CANCELLED by " + r.text("Key", g[1]) + ": " + r.text("Goal", g[2])
		}
	}
	return r.replaced("text", s)
}

// project replaces a project's key by one that could be one.
func (r *redactor) project(key string) string {
	return strings.ReplaceAll(r.replaced("PROJECT", key), "-", "")
}

// mark replaces the accounts and foreign labels of which a mark is made.
func (r *redactor) mark(s string) string {
	for _, id := range r.ids {
		name := r.replaced("person", id)
		if rest, ok := strings.CutPrefix(s, "issues/"); ok && rest == id {
			return "issues/" + name
		}
		parts := strings.Split(s, ".")
		for i, part := range parts {
			switch part {
			case folded(id):
				parts[i] = name
			case "issues-" + folded(id):
				parts[i] = "issues-" + name
			}
		}
		s = strings.Join(parts, ".")
	}
	return s
}

// folded is how a text stands in a mark.
func folded(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') })
	return strings.Join(words, "-")
}
