package jiratest

import (
	"strconv"
	"strings"
	"time"
)

func (j *Jira) compareDate(c *clause, op string, is *Issue) (bool, *Error) {
	var got time.Time
	switch {
	case strings.HasPrefix(c.field, "created"):
		got = is.Created
	case strings.HasPrefix(c.field, "updated"):
		got = is.Updated
	default:
		got = is.Resolved
	}
	if op == "is" || op == "is not" {
		return got.IsZero() == (op == "is"), nil
	}
	want, err := j.dateValue(c)
	if err != nil {
		return false, err
	}
	if got.IsZero() {
		return false, nil
	}
	switch n := got.Compare(want); op {
	case "<":
		return n < 0, nil
	case "<=":
		return n <= 0, nil
	case ">":
		return n > 0, nil
	case ">=":
		return n >= 0, nil
	case "=":
		return got.Truncate(time.Minute).Equal(want), nil
	case "!=":
		return !got.Truncate(time.Minute).Equal(want), nil
	}
	return false, errOperator(op, c.field)
}

// dateValue reads "2026-01-05", "2026/01/05 10:30", "-4w 2d", epoch
// milliseconds, now() and startOfDay().
func (j *Jira) dateValue(c *clause) (time.Time, *Error) {
	if len(c.values) != 1 {
		return time.Time{}, errOperator(c.op, c.field)
	}
	v := c.values[0]
	switch v.fn {
	case "now", "currentlogin":
		return j.now(), nil
	case "startofday":
		return j.day(0), nil
	case "endofday":
		return j.day(1).Add(-time.Millisecond), nil
	}
	s := strings.ReplaceAll(v.text, "/", "-")
	for _, layout := range []string{"2006-01-02 15:04", "2006-01-02"} {
		if t, err := time.ParseInLocation(layout, s, j.zone()); err == nil {
			return t, nil
		}
	}
	if d, ok := period(v.text); ok {
		return j.now().Add(d), nil
	}
	if n, err := strconv.ParseInt(v.text, 10, 64); err == nil && len(v.text) > 8 {
		return time.UnixMilli(n).UTC(), nil
	}
	return time.Time{}, refuse(400, "Date value '%s' for field '%s' is invalid. Valid formats include: 'yyyy/MM/dd HH:mm', 'yyyy-MM-dd HH:mm', 'yyyy/MM/dd', 'yyyy-MM-dd', or a period format e.g. '-5d', '4w 2d'.", v.text, c.field)
}

// day is midnight of the caller's today, or some days later.
func (j *Jira) day(later int) time.Time {
	y, m, d := j.now().In(j.zone()).Date()
	return time.Date(y, m, d+later, 0, 0, 0, 0, j.zone())
}

// period reads a time span such as "-5d" or "4w 2d", up to about two hundred years.
func period(s string) (time.Duration, bool) {
	const most = 100_000_000
	rest, past := strings.CutPrefix(s, "-")
	units := map[byte]int{'w': 7 * 24 * 60, 'd': 24 * 60, 'h': 60, 'm': 1}
	minutes := 0
	for _, part := range strings.Fields(rest) {
		n, err := strconv.Atoi(part[:len(part)-1])
		unit := units[part[len(part)-1]]
		if err != nil || unit == 0 || n < 0 || n > most {
			return 0, false
		}
		if minutes += n * unit; minutes > most {
			return 0, false
		}
	}
	if past {
		minutes = -minutes
	}
	return time.Duration(minutes) * time.Minute, rest != ""
}
