package snapshot

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"andon/rules"
)

// Version is the version of the file that is written and understood.
const Version = 1

// kind is what the file says that it is.
const kind = "andon facts"

// MaxSize is the largest file that is read: far more than the largest project needs.
const MaxSize = 64 << 20

// File is a facts file.
type File struct {
	// Kind tells such a file from any other JSON.
	Kind    string `json:"kind"`
	Version int    `json:"version"`
	// By is the version of the program that wrote it.
	By string `json:"by,omitempty"`
	// Redacted is true where names, texts and addresses were replaced.
	Redacted bool `json:"redacted,omitempty"`
	// Issue is the id of the issue that was asked about, empty for the whole project.
	Issue string      `json:"issue,omitempty"`
	Facts rules.Facts `json:"facts"`
}

// Write writes a file. The texts of notices, which are programs, are left out.
func Write(w io.Writer, f File) error {
	f.Kind, f.Version = kind, Version
	f.Facts.Settings.Texts = nil
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	if err := e.Encode(f); err != nil {
		return fmt.Errorf("write the facts: %w", err)
	}
	return nil
}

// Read reads a file. What is not understood is a fault and never ignored, or a plan would
// be made from half of the facts.
func Read(r io.Reader) (File, error) {
	raw, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	switch {
	case err != nil:
		return File{}, fmt.Errorf("read the facts: %w", err)
	case len(raw) > MaxSize:
		return File{}, fmt.Errorf("read the facts: the file is larger than %d bytes", MaxSize)
	}
	var head struct {
		Kind    string `json:"kind"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		return File{}, fmt.Errorf("read the facts: it is no JSON: %w", err)
	}
	switch {
	case head.Kind != kind:
		return File{}, fmt.Errorf("read the facts: it is no facts file (its kind is %q, not %q)", head.Kind, kind)
	case head.Version != Version:
		return File{}, fmt.Errorf("read the facts: the file has version %d, and this andon understands version %d", head.Version, Version)
	}
	return decode(raw)
}

// decode reads the whole of a file of the right kind.
func decode(raw []byte) (File, error) {
	var f File
	if err := strict(raw, &f); err != nil {
		return File{}, fmt.Errorf("read the facts: %w", err)
	}
	f.Facts.Settings.Texts = nil
	return f, f.check()
}

// check says what a file lacks without which nothing can be judged.
func (f File) check() error {
	s := f.Facts.Settings
	switch {
	case f.Facts.Now.IsZero():
		return errors.New("read the facts: they do not say of when they are")
	case f.Facts.Project.ID == "" || f.Facts.Project.Key == "":
		return errors.New("read the facts: they do not say of which project they are")
	case s.Labels.Disaster == "" || s.Playbook.RootCause().ID == "":
		return errors.New("read the facts: they hold no labels or no playbook with a root cause")
	}
	return nil
}
