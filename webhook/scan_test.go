package webhook

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

// scanAll passes over one whole document.
func scanAll(data string) error {
	s := scanner{data: []byte(data)}
	s.skip()
	if s.err == nil && !s.end() {
		s.fail(errSyntax)
	}
	return s.err
}

func TestScannerAcceptsExactlyJSON(t *testing.T) {
	t.Parallel()
	for _, doc := range []string{
		``, ` `, `{}`, `[]`, `{`, `}`, `[`, `]`, `{]`, `[}`, `null`, `nul`, `nulll`, `true`, `false`, `tru`, `"`, `""`, `"a`,
		`0`, `-0`, `-`, `01`, `1.`, `1.5`, `.5`, `1e`, `1e5`, `1E+5`, `1e-`, `1e-7`, `--1`, `1 2`, `+1`, `1_0`, `0x1`,
		`"\u00e9"`, `"\u00e"`, `"\u00zz"`, `"\x"`, `"\"`, `"\\"`, `"\\\""`, `"\`, `"\u`, "\"a\nb\"", "\"a\x00b\"", "\"tab\there\"",
		`"eight..\"."`, `"seven..`, `"exactly8"`, `"a long string with no end`, "\"longer than eight\x1f\"", `"é ü 漢字 and more text"`,
		`{"a":1}`, `{"a":1,}`, `{,}`, `{"a"}`, `{"a":}`, `{a:1}`, `{"a":1 "b":2}`, `{"a":1,"a":2}`, `{1:2}`, `{"a":{"b":[1,{"c":null}]}}`,
		`[1,2]`, `[1,]`, `[,1]`, `[1 2]`, `[[[]]]`, `[[[]]`, ` { "a" : [ 1 , "x" ] } `, "\t[\r\n1]\n", `{"a":1}}`, `{"a":tru}`, "\ufeff{}",
	} {
		if got, want := scanAll(doc) == nil, json.Valid([]byte(doc)); got != want {
			t.Errorf("scanning %q: accepted %v, encoding/json %v", doc, got, want)
		}
	}
}

func TestScannerLimitsDepth(t *testing.T) {
	t.Parallel()
	nest := func(n int) string { return strings.Repeat("[", n) + strings.Repeat("]", n) }
	objects := func(n int) string { return strings.Repeat(`{"a":`, n) + "1" + strings.Repeat("}", n) }
	for _, doc := range []string{nest(maxDepth), objects(maxDepth)} {
		if err := scanAll(doc); err != nil {
			t.Errorf("%d levels: %v, want no error", maxDepth, err)
		}
	}
	for _, doc := range []string{nest(maxDepth + 1), objects(maxDepth + 1), strings.Repeat("[", 1_000_000), strings.Repeat(`{"a":`, 1_000_000)} {
		if err := scanAll(doc); !errors.Is(err, errDepth) {
			t.Errorf("a document of %d bytes that nests too deeply: %v, want %v", len(doc), err, errDepth)
		}
	}
	if err := scanAll("[" + strings.Repeat("[],", 1000) + "[]]"); err != nil {
		t.Errorf("many arrays side by side: %v, want no error", err)
	}
}

func TestScannerReadsWhatItIsAskedFor(t *testing.T) {
	t.Parallel()
	s := scanner{data: []byte(` {"name" : "plain", "esc\u0061ped":"a\"b\u00e9", "id":"42","num": 17,"neg":-3,
		"list":["x",1,{"y":2},"z"],"odd":[1],"none":null,"yes":true} `)}
	if !s.object() {
		t.Fatal("the document is an object")
	}
	got := map[string]string{}
	var c container
	for {
		key, ok := s.key(&c)
		if !ok {
			break
		}
		switch name := string(key); name {
		case "list":
			var e container
			for ok := s.array(); ok && s.next(&e, ']'); {
				v, isText := s.text()
				got[name] += string(v) + map[bool]string{true: ";", false: "-;"}[isText]
			}
		case "id", "num", "neg", "yes", "none":
			v, ok := s.scalar()
			got[name] = string(v) + map[bool]string{true: "", false: "-"}[ok]
		default:
			v, ok := s.text()
			got[name] = string(v) + map[bool]string{true: "", false: "-"}[ok]
		}
	}
	want := map[string]string{"name": "plain", "escaped": "a\"bé", "id": "42", "num": "17", "neg": "-3", "list": "x;-;-;z;", "odd": "-", "none": "-", "yes": "-"}
	for k, v := range want {
		if got[k] != v {
			t.Errorf("%s: got %q, want %q", k, got[k], v)
		}
	}
	if s.err != nil || !s.end() || s.depth != 0 {
		t.Errorf("after the document: err %v, end %v, depth %d", s.err, s.end(), s.depth)
	}
}

func TestScannerStaysFailed(t *testing.T) {
	t.Parallel()
	s := scanner{data: []byte(`{"a" 1, "b": "c"}`)}
	var c container
	s.object()
	if _, ok := s.key(&c); ok || !errors.Is(s.err, errSyntax) {
		t.Fatalf("a member without a colon: err %v", s.err)
	}
	if _, ok := s.key(&c); ok || s.object() || s.array() || s.end() || s.take('1') {
		t.Error("a scanner that met a fault goes on")
	}
	if _, ok := s.text(); ok {
		t.Error("a scanner that met a fault reads text")
	}
	if _, ok := s.scalar(); ok {
		t.Error("a scanner that met a fault reads a scalar")
	}
}

func FuzzScanner(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":[1,2,{"b":"c\u00e9"}]}`, `[1e5,-0.1]`, `"\\"`, "\"\x7f\xff\"", `{"a":1,"a":2}`, `[[[[`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		err := scanAll(string(data))
		if errors.Is(err, errDepth) {
			return
		}
		if got, want := err == nil, json.Valid(data); got != want {
			t.Fatalf("accepted %v, encoding/json %v: %q", got, want, data)
		}
		s := scanner{data: data}
		text, ok := s.text()
		var want string
		if ok && utf8.Valid(data[:s.pos]) {
			if err := json.Unmarshal(data[:s.pos], &want); err != nil || !bytes.Equal(text, []byte(want)) {
				t.Fatalf("text %q, encoding/json %q (%v)", text, want, err)
			}
		}
	})
}
