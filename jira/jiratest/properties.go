package jiratest

import (
	"encoding/json"
	"net/http"
	"net/url"
	"unicode/utf8"
)

// maxProperty is the largest value of an entity property, in characters.
const maxProperty = 32768

// checkProperty refuses keys over 255 bytes and values that are empty, not
// JSON or too long.
func checkProperty(key string, value json.RawMessage) *Error {
	switch {
	case key == "":
		return refuse(http.StatusBadRequest, "The property key cannot be empty.")
	case len(key) > 255:
		return refuse(http.StatusBadRequest, "The property key cannot be longer than 255 bytes.")
	case len(value) == 0 || !json.Valid(value):
		return refuse(http.StatusBadRequest, "The value is not a valid JSON.")
	case utf8.RuneCount(value) > maxProperty:
		return refuse(http.StatusBadRequest, "The property value is too long. The maximum is %d characters.", maxProperty)
	}
	return nil
}

// propertyStore is an entity that has properties, as one caller may use it.
type propertyStore struct {
	values *map[string]json.RawMessage
	self   string
	denied *Error // refuses writes
	after  func(key string, deleted bool)
}

// propertyRoutes gives the four property calls below a path.
func (j *Jira) propertyRoutes(base string, open func(*call) (propertyStore, *Error)) []route {
	with := func(f func(*call, propertyStore) reply) handler {
		return func(c *call) reply {
			s, err := open(c)
			if err != nil {
				return failed(err)
			}
			return f(c, s)
		}
	}
	return []route{
		{"GET " + base + "/properties", with(listProperties)},
		{"GET " + base + "/properties/{property}", with(getProperty)},
		{"PUT " + base + "/properties/{property}", with(putProperty)},
		{"DELETE " + base + "/properties/{property}", with(deleteProperty)},
	}
}

func listProperties(_ *call, s propertyStore) reply {
	keys := []obj{}
	for _, k := range sortedKeys(*s.values) {
		keys = append(keys, obj{"key": k, "self": s.self + "/properties/" + url.PathEscape(k)})
	}
	return ok(obj{"keys": keys})
}

func getProperty(c *call, s propertyStore) reply {
	key := c.path("property")
	v, there := (*s.values)[key]
	if !there {
		return failed(errNoProperty(key))
	}
	return ok(obj{"key": key, "value": v})
}

func errNoProperty(key string) *Error {
	return refuse(http.StatusNotFound, "The property '%s' does not exist or you do not have permission to see it.", key)
}

func putProperty(c *call, s propertyStore) reply {
	key := c.path("property")
	if s.denied != nil {
		return failed(s.denied)
	}
	if err := checkProperty(key, c.body); err != nil {
		return failed(err)
	}
	if *s.values == nil {
		*s.values = map[string]json.RawMessage{}
	}
	_, there := (*s.values)[key]
	(*s.values)[key] = append(json.RawMessage(nil), c.body...)
	if s.after != nil {
		s.after(key, false)
	}
	if there {
		return reply{status: http.StatusOK}
	}
	return reply{status: http.StatusCreated}
}

func deleteProperty(c *call, s propertyStore) reply {
	key := c.path("property")
	if s.denied != nil {
		return failed(s.denied)
	}
	if _, there := (*s.values)[key]; !there {
		return failed(errNoProperty(key))
	}
	delete(*s.values, key)
	if s.after != nil {
		s.after(key, true)
	}
	return noContent()
}

// issueProperties: read needs Browse, write needs Edit Issues.
func (j *Jira) issueProperties(c *call) (propertyStore, *Error) {
	is, err := j.lookup(c.user, c.path("issue"))
	if err != nil {
		return propertyStore{}, err
	}
	s := propertyStore{values: &is.Properties, self: j.issueSelf(is, false), after: func(key string, deleted bool) { j.propertyEvent(c.user, is, key, deleted) }}
	if !j.canIssue(c.user, is, EditIssues) {
		s.denied = refuse(http.StatusForbidden, "You do not have permission to edit this issue.")
	}
	return s, nil
}

// propertyEvent: a property is in no changelog and moves no update date; Cloud
// alone has a webhook for it.
func (j *Jira) propertyEvent(u *User, is *Issue, key string, deleted bool) {
	if !j.cloud() {
		return
	}
	name := "issue_property_set"
	if deleted {
		name = "issue_property_deleted"
	}
	j.emit(Event{Name: name, Actor: who(u), Issue: is.clone(), Property: key})
}

func (j *Jira) putProperty(u *User, is *Issue, key string, value json.RawMessage) {
	if is.Properties == nil {
		is.Properties = map[string]json.RawMessage{}
	}
	is.Properties[key] = value
	j.propertyEvent(u, is, key, false)
}

// projectProperties: read needs Browse, write needs Administer Projects.
func (j *Jira) projectProperties(c *call) (propertyStore, *Error) {
	p, err := j.projectSeen(c.user, c.path("project"))
	if err != nil {
		return propertyStore{}, err
	}
	s := propertyStore{values: &p.Properties, self: j.self("/rest/api/2/project/" + ids(p.ID))}
	if !j.runsProject(c.user, p) {
		s.denied = refuse(http.StatusForbidden, "You do not have permission to edit the properties of project '%s'.", p.Key)
	}
	return s, nil
}

// commentProperties: write needs the right to edit the comment.
func (j *Jira) commentProperties(c *call) (propertyStore, *Error) {
	is, cm, err := j.commentByID(c.user, c.path("comment"))
	if err != nil {
		return propertyStore{}, err
	}
	s := propertyStore{values: &cm.Properties, self: j.commentSelf(is, cm)}
	if !j.mayTouchComment(c.user, is, cm, EditAllComments, EditOwnComments) {
		s.denied = refuse(http.StatusForbidden, "You do not have permission to edit this comment.")
	}
	return s, nil
}

// propertiesOf picks properties for the "properties" parameter of get and search.
func propertiesOf(is *Issue, want []string) obj {
	out := obj{}
	for _, k := range want {
		if k == "*all" {
			for key, v := range is.Properties {
				out[key] = v
			}
		}
		if v, there := is.Properties[k]; there {
			out[k] = v
		}
	}
	return out
}
