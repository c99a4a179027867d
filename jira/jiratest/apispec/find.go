package apispec

import (
	"errors"
	"os"
	"path/filepath"
)

// Shared finds the folder that holds the description and the recordings: named by
// $ANDON_SHARED, or a folder "shared" beside one of the folders above. It is empty
// where there is none, and an error where ANDON_TEST_REQUIRE=1 asks for one.
func Shared() (string, error) {
	places := []string{os.Getenv("ANDON_SHARED")} //nolint:forbidigo // a package for tests, whose only settings these are
	if places[0] == "" {
		dir, err := filepath.Abs(".")
		if err != nil {
			return "", err
		}
		for places = nil; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
			places = append(places, filepath.Join(dir, "shared"))
		}
	}
	for _, p := range places {
		if _, err := os.Stat(filepath.Join(p, "spec", "jira.json")); err == nil { //nolint:gosec // whoever runs the tests names the folder
			return p, nil
		}
	}
	if os.Getenv("ANDON_TEST_REQUIRE") == "1" { //nolint:forbidigo // as above
		return "", errors.New("the description of the API is required, but not there: set ANDON_SHARED")
	}
	return "", nil
}

// Find loads the description that Shared finds; nil where there is none.
func Find() (*Spec, error) {
	dir, err := Shared()
	if err != nil || dir == "" {
		return nil, err
	}
	return Load(filepath.Join(dir, "spec", "jira.json"))
}
