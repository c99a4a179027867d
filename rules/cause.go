package rules

import (
	"slices"
	"strings"
)

// causePrefix begins the labels that tell the category of a root cause.
const causePrefix = "cause-"

// Causes are the categories of a root cause that the playbook asks for. People may use
// others of their own.
func Causes() []string {
	return []string{"malicious-dependency", "feature-side-effect", "architecture", "human-or-process", "infrastructure"}
}

// CauseLabel is the label that tells a category, on the root-cause task or on the disaster.
func CauseLabel(category string) string { return causePrefix + category }

// causesOf are the categories that people have given the root cause by labels on its task,
// else by labels on the disaster itself; none where nobody has.
func causesOf(labels ...[]string) []string {
	for _, on := range labels {
		var out []string
		for _, l := range on {
			if c, is := strings.CutPrefix(l, causePrefix); is && c != "" {
				out = append(out, printable(c, maxForeign))
			}
		}
		if len(out) > 0 {
			slices.Sort(out)
			return slices.Compact(out)
		}
	}
	return nil
}
