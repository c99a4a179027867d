package main

import (
	"fmt"
	"log/slog"
	"reflect"
	"strings"
)

// String lists the settings, one a line, secrets masked.
func (c Config) String() string {
	var b strings.Builder
	for _, attr := range c.attrs() {
		fmt.Fprintf(&b, "%s=%s\n", attr.Key, attr.Value)
	}
	return b.String()
}

// GoString is the same for %#v, which would otherwise walk into the fields.
func (c Config) GoString() string { return c.String() }

// LogValue are the settings as attributes of a log line, secrets masked.
func (c Config) LogValue() slog.Value { return slog.GroupValue(c.attrs()...) }

// attrs are name and printable value of each setting. Secrets are masked by their tag
// and by their type; a test sees that no field has only one of the two.
func (c Config) attrs() []slog.Attr {
	var out []slog.Attr
	spec := reflect.ValueOf(c)
	for _, s := range settings() {
		value := spec.FieldByIndex(s.index)
		text := fmt.Sprint(value.Interface())
		if s.secret && !value.IsZero() {
			text = mask
		}
		out = append(out, slog.String(s.name, text))
	}
	return out
}

// SettingsTable is the table of all settings for README.md, in Markdown. It is made from
// [Config], and a test holds README.md against it.
func SettingsTable() string {
	var b strings.Builder
	b.WriteString("| variable | default | meaning |\n|---|---|---|\n")
	for _, s := range settings() {
		name := "`" + s.name + "`"
		if s.secret {
			name += " (secret)"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", name, cell(s.defaultText()), cell(s.desc)+s.rangeText())
	}
	return b.String()
}

// SettingsHelp is the list of all settings for a terminal.
func SettingsHelp() string {
	var b strings.Builder
	for _, s := range settings() {
		fmt.Fprintf(&b, "  %s\n", s.name)
		fmt.Fprintf(&b, "        %s%s\n", s.desc, s.rangeText())
		switch {
		case s.required:
			b.WriteString("        Required.\n")
		case s.def != "":
			fmt.Fprintf(&b, "        Default: %s\n", s.def)
		}
	}
	b.WriteString("\nA secret can also come from a file: ANDON_JIRA_TOKEN_FILE=/run/secrets/jira_token\n")
	return b.String()
}

// defaultText is the default as the table shows it.
func (s setting) defaultText() string {
	switch {
	case s.required:
		return "**required**"
	case s.def == "":
		return ""
	}
	return "`" + s.def + "`"
}

// rangeText says which values are taken, if that is limited.
func (s setting) rangeText() string {
	if s.min == "" {
		return ""
	}
	return fmt.Sprintf(" Between %s and %s.", s.min, s.max)
}

// cell keeps a text inside its cell.
func cell(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
