package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
)

// bulkAnswer is what Jira answers to the creation of many issues: 201 if any of them was
// created, with the refused ones under their place in the request.
type bulkAnswer struct {
	Issues []json.RawMessage `json:"issues"`
	Errors []bulkRefusal     `json:"errors"`
}

// bulkRefusal is an issue that was not created.
type bulkRefusal struct {
	Status  int           `json:"status"`
	Element elementErrors `json:"elementErrors"`
	Number  int           `json:"failedElementNumber"`
}

type elementErrors struct {
	Messages []string          `json:"errorMessages"`
	Errors   map[string]string `json:"errors"`
}

// partialBulk lets the first tasks through until so many have been created; a rule of
// the site refuses the others, until Jira refuses nothing any more.
func (st *tale) partialBulk(a []string) error {
	left, err := strconv.Atoi(a[0])
	st.w.between = func(rw http.ResponseWriter, req *http.Request) bool {
		if req.Method != http.MethodPost || !strings.HasSuffix(req.URL.Path, "/rest/api/2/issue/bulk") {
			return false
		}
		var in struct {
			Updates []json.RawMessage `json:"issueUpdates"`
		}
		if err := json.NewDecoder(req.Body).Decode(&in); err != nil {
			http.Error(rw, err.Error(), http.StatusBadRequest)
			return true
		}
		var out bulkAnswer
		for i, one := range in.Updates {
			if left > 0 {
				if created, ok := st.createOne(req, one); ok {
					out.Issues, left = append(out.Issues, created), left-1
					continue
				}
			}
			out.Errors = append(out.Errors, bulkRefusal{Status: 400, Element: elementErrors{Messages: []string{a[1]}, Errors: map[string]string{}}, Number: i})
		}
		rw.Header().Set("Content-Type", "application/json")
		rw.WriteHeader(map[bool]int{true: http.StatusCreated, false: http.StatusBadRequest}[len(out.Issues) > 0])
		if err := json.NewEncoder(rw).Encode(out); err != nil {
			st.w.t.Error(err)
		}
		return true
	}
	return err
}

// createOne passes one of many issues on to Jira.
func (st *tale) createOne(req *http.Request, issue json.RawMessage) (json.RawMessage, bool) {
	one := req.Clone(req.Context())
	one.URL.Path = strings.TrimSuffix(req.URL.Path, "/bulk")
	one.RequestURI = one.URL.RequestURI()
	one.Body, one.ContentLength = io.NopCloser(bytes.NewReader(issue)), int64(len(issue))
	rec := httptest.NewRecorder()
	st.w.jira.ServeHTTP(rec, one)
	return bytes.TrimSpace(rec.Body.Bytes()), rec.Code == http.StatusCreated
}
