package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/kelseyhightower/envconfig"
)

// Load reads the settings from an environment in the form of [os.Environ], together
// with the files that it names, and validates them. A variable that is set but empty
// counts as unset, except for a secret, where it is a fault. The error is of type
// [Faults] and names everything that is wrong; no secret is in it.
func Load(environ []string) (Config, error) {
	env := parseEnviron(environ)
	faults := unknownVariables(env)

	var c Config
	spec := reflect.ValueOf(&c).Elem()
	for _, s := range settings() {
		value, fault := s.lookup(env)
		if fault == nil && value != "" {
			fault = s.decode(value, spec.FieldByIndex(s.index))
		}
		if fault != nil {
			faults = append(faults, *fault)
		}
	}
	c.JiraURL = strings.TrimRight(c.JiraURL, "/")

	faults = faults.join(c.faults())
	if len(faults) > 0 {
		return Config{}, faults
	}
	return c, nil
}

// Defaults are the settings of an empty environment. They are not valid: what is
// required is missing.
func Defaults() (Config, error) {
	var c Config
	spec := reflect.ValueOf(&c).Elem()
	for _, s := range settings() {
		if s.def == "" {
			continue
		}
		if fault := s.decode(s.def, spec.FieldByIndex(s.index)); fault != nil {
			return Config{}, Faults{*fault}
		}
	}
	return c, nil
}

// setting is what the tags of one field of [Config] say.
type setting struct {
	name     string // of the variable
	def      string
	desc     string
	min, max string
	required bool
	secret   bool
	index    []int
	field    reflect.StructField
}

// settings are all settings, in the order of [Config].
func settings() []setting {
	var out []setting
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Config]()) {
		out = append(out, setting{
			name:     envPrefix + "_" + f.Tag.Get("envconfig"),
			def:      f.Tag.Get("default"),
			desc:     f.Tag.Get("desc"),
			min:      f.Tag.Get("min"),
			max:      f.Tag.Get("max"),
			required: f.Tag.Get("required") == "true",
			secret:   f.Tag.Get("secret") == "true",
			index:    f.Index,
			field:    f,
		})
	}
	return out
}

// fileSuffix ends the name of a variable that names the file with the value.
const fileSuffix = "_FILE"

// lookup finds the text of a setting: from its variable, its file or its default.
func (s setting) lookup(env map[string]string) (string, *Fault) {
	value, set := env[s.name]
	path, fileSet := env[s.name+fileSuffix]
	switch {
	case !s.secret && value == "":
		return s.def, nil
	case !s.secret:
		return value, nil
	case set && fileSet:
		return "", &Fault{s.name, "is set, and so is " + s.name + fileSuffix, "set one of the two"}
	case fileSet:
		return s.readFile(path)
	case set && strings.TrimSpace(value) == "":
		return "", &Fault{s.name, "is set but empty", "give it a value or do not set it"}
	}
	return value, nil
}

// maxSecretFile is far more than a secret needs, and little enough to read a file that
// was named by mistake.
const maxSecretFile = 64 << 10

// readFile reads a secret from a file, without the newline that editors leave at the end.
func (s setting) readFile(path string) (string, *Fault) {
	fault := func(found string) *Fault {
		return &Fault{s.name + fileSuffix, found, "name a readable file that holds nothing but the secret"}
	}
	if path == "" {
		return "", fault("is set but empty")
	}
	if problem := fileProblem(path, maxSecretFile); problem != "" {
		return "", fault(problem)
	}
	raw, err := os.ReadFile(path) //nolint:gosec // the operator names the file
	if err != nil {
		return "", fault("cannot be read: " + err.Error())
	}
	text := strings.TrimSuffix(strings.TrimSuffix(string(raw), "\n"), "\r")
	if strings.TrimSpace(text) == "" {
		return "", fault(fmt.Sprintf("names %q, which is empty", path))
	}
	return text, nil
}

// fileProblem says why a file cannot be the one that was meant, or nothing.
func fileProblem(path string, maxSize int64) string {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return "cannot be read: " + err.Error()
	case !info.Mode().IsRegular():
		return fmt.Sprintf("names %q, which is not a file", path)
	case info.Size() > maxSize:
		return fmt.Sprintf("names %q, which is larger than %d bytes", path, maxSize)
	}
	return ""
}

// noPrefix starts names that no environment can hold: a name ends at its first '='.
const noPrefix = "="

// decode turns a text into the value of the field. envconfig stops at its first fault,
// prints values, secrets included, reads nothing but this process's environment, and a
// second time without the prefix. So it is handed one field at a time, with the text as
// that field's default, and its error is taken apart.
func (s setting) decode(text string, into reflect.Value) *Fault {
	field := s.field
	field.Tag = reflect.StructTag("default:" + strconv.Quote(text))
	one := reflect.New(reflect.StructOf([]reflect.StructField{field}))
	if err := envconfig.Process(noPrefix, one.Interface()); err != nil {
		return s.parseFault(text, err)
	}
	into.Set(one.Elem().Field(0))
	return nil
}

// parseFault says that a text is not of the setting's type.
func (s setting) parseFault(text string, err error) *Fault {
	found := fmt.Sprintf("is %q", text)
	if s.secret {
		found = "cannot be read (its value is not shown)"
	}
	var parse *envconfig.ParseError
	if errors.As(err, &parse) && errors.Is(parse.Err, errEmptyItem) {
		found = errEmptyItem.Error()
	}
	return &Fault{s.name, found, s.form()}
}

// form says in words what a value of the setting's type looks like.
func (s setting) form() string {
	switch s.field.Type {
	case reflect.TypeFor[time.Duration]():
		return "write a duration such as 90s, 5m or 24h"
	case reflect.TypeFor[bool]():
		return "write true or false"
	case reflect.TypeFor[int]():
		return "write a whole number"
	case reflect.TypeFor[float64]():
		return "write a number such as 5 or 0.5"
	case reflect.TypeFor[BoardNames]():
		return "write numbers from the boards' addresses separated by commas, such as 12,SHOP:15"
	case reflect.TypeFor[List](), reflect.TypeFor[Secrets]():
		return "write items separated by commas, none of them empty"
	case reflect.TypeFor[Deadlines]():
		return "write a duration such as 4h, and others for kinds after commas, such as 4h,security=2h,data=8h"
	case reflect.TypeFor[TaskFields]():
		return `write one JSON object, such as {"customfield_10050":"high"}`
	case reflect.TypeFor[slog.Level]():
		return "write DEBUG, INFO, WARN or ERROR"
	}
	return "write one of the values that README.md names"
}
