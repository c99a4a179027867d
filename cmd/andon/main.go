// Command andon stops the line: it watches Jira for the label with which a Product Owner
// declares a disaster, cancels the sprint and freezes planning until the root cause is found.
package main

import (
	"fmt"
	"os"
)

func main() {
	if _, err := Load(os.Environ()); err != nil {
		fmt.Fprintln(os.Stderr, "andon:", err)
		fmt.Fprint(os.Stderr, "\nSettings:\n", SettingsHelp())
		os.Exit(2)
	}
}
