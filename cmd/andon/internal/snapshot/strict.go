package snapshot

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
)

// strict decodes JSON that must hold nothing unknown, and nothing after its end.
func strict(raw []byte, into any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("something follows the facts")
	}
	return nil
}
