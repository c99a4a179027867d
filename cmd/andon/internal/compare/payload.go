package main

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"andon/webhook/queue"
)

// payload is an event of about a size.
type payload struct {
	name string
	body []byte
	from string // a recorded file, or empty
}

// payloads are the events of the three sizes, recorded ones where there are any that are near enough.
func payloads(folder string) []payload {
	var out []payload
	for _, kb := range []int{3, 9, 40} {
		p := payload{name: fmt.Sprintf("%d KB", kb), body: []byte(generated(kb << 10))}
		if file, body := nearest(folder, kb<<10); file != "" {
			p.body, p.from = body, filepath.Base(file)
		}
		out = append(out, p)
	}
	return out
}

// change is what is added to a recorded event that tells of none.
const change = `,"changelog":{"id":"1","items":[{"field":"status","fieldtype":"jira","from":"1","fromString":"To Do","to":"3","toString":"In Progress"}]}}`

// nearest is the recorded event whose size is next to the one wanted, within a fifth of it, among those that matter to
// andon where it watches their project, if need be with a change of status: others would not show what a relevant one
// costs. Moves to another project are left out, since they are rare and cost twice.
func nearest(folder string, size int) (name string, body []byte) {
	least := size / 5
	_ = filepath.WalkDir(folder, func(file string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(file) != ".json" {
			return nil //nolint:nilerr // a folder that is not there holds no recordings
		}
		raw, err := os.ReadFile(file) // #nosec G304 G122 -- the user names the folder
		if err != nil {
			return nil //nolint:nilerr // what cannot be read is not used
		}
		off := max(len(raw)-size, size-len(raw))
		if off >= least || bytes.Contains(bytes.ReplaceAll(raw, []byte(" "), nil), []byte(`"field":"project"`)) {
			return nil
		}
		for _, one := range [][]byte{raw, slices.Concat(bytes.TrimSuffix(bytes.TrimSpace(raw), []byte("}")), []byte(change))} {
			if matters(one) {
				name, body, least = file, one, off
				break
			}
		}
		return nil
	})
	return name, body
}

// matters says whether andon keeps a hint of an event when it watches all projects, and none when it watches none.
func matters(body []byte) bool {
	return judged(body, true) == http.StatusAccepted && judged(body, false) == http.StatusNoContent
}

// judged is the status with which andon answers an event.
func judged(body []byte, watched watch) int {
	s, err := receiver(queue.NewMemory(time.Now, queue.MemoryOptions{}), watched)
	if err != nil {
		return 0
	}
	req, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(request("andon", body))))
	if err != nil {
		return 0
	}
	w := &answer{head: http.Header{}}
	s.ServeHTTP(w, req)
	return w.status
}

// answer is an http.ResponseWriter that keeps the status alone.
type answer struct {
	head   http.Header
	status int
}

// Header implements http.ResponseWriter.
func (w *answer) Header() http.Header { return w.head }

// Write implements http.ResponseWriter.
func (w *answer) Write(p []byte) (int, error) { return len(p), nil }

// WriteHeader implements http.ResponseWriter.
func (w *answer) WriteHeader(status int) { w.status = status }

// generated is an issue event of about n bytes, in the proportions that Jira sends: people with their pictures, links to
// everything, custom fields that are null.
func generated(n int) string {
	person := func(role string) string {
		return `"` + role + `":{"self":"https://jira.example/rest/api/2/user?accountId=5c5f880629be9642ba529340","accountId":"5c5f880629be9642ba529340",` +
			`"avatarUrls":{"48x48":"https://avatar.example/5c5f880629be9642ba529340?size=48&s=48"},"displayName":"Test User","active":true,"timeZone":"Europe/Berlin"}`
	}
	var fields strings.Builder
	fields.WriteString(`"project":{"id":"10000","key":"SHOP"},"labels":["ui","backend"],` + person("creator"))
	for i := 0; fields.Len() < n-500; i++ {
		if i%4 == 3 {
			fields.WriteString("," + person(fmt.Sprintf("customfield_%d", 10000+i)))
			continue
		}
		fmt.Fprintf(&fields, `,"customfield_%d":null`, 10000+i)
	}
	return `{"timestamp":1767225600000,"webhookEvent":"jira:issue_updated","issue_event_type_name":"issue_generic","issue":{"id":"10001","key":"SHOP-1","fields":{` +
		fields.String() + `}},"changelog":{"id":"10100","items":[{"field":"status","fieldtype":"jira","fieldId":"status","from":"1","fromString":"To Do","to":"3","toString":"In Progress"}]}}`
}

// request is a whole request with a body, as it goes over the wire.
func request(host string, body []byte) []byte {
	return fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nX-Hub-Signature: sha256=%s\r\nContent-Length: %d\r\n\r\n%s",
		path, host, hex.EncodeToString(mac(body)), len(body), body)
}
