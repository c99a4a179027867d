package retell

import (
	"fmt"
	htmltemplate "html/template"
	"slices"
	"strings"
	"time"

	"andon/cmd/andon/internal/picture"
	"andon/rules"
)

// Summary is what can be told about all disasters of a project.
type Summary struct {
	At      time.Time `json:"at"`
	Project string    `json:"project"`
	// Count is the number of disasters that count, Open how many of them still freeze
	// planning or recover.
	Count int `json:"count"`
	Open  int `json:"open"`
	// Kinds and Causes count them; one with two kinds counts for both.
	Kinds  []Count `json:"kinds,omitempty"`
	Causes []Count `json:"causes,omitempty"`
	// Restored is how many have returned to service, Median, Best and Worst are their times
	// to restore in nanoseconds, and Late is how many took longer than they may.
	Restored int           `json:"restored"`
	Median   time.Duration `json:"median,omitempty"`
	Best     time.Duration `json:"best,omitempty"`
	Worst    time.Duration `json:"worst,omitempty"`
	Late     int           `json:"late"`
	// Months are the months of the declarations, oldest first.
	Months []Month `json:"months,omitempty"`
	// Disasters are those that count, oldest first.
	Disasters []rules.Report `json:"disasters,omitempty"`
	// LeftOut counts those that do not count, by phase.
	LeftOut []Count `json:"leftOut,omitempty"`
}

// Count is how often something occurs.
type Count struct {
	Name string `json:"name"`
	N    int    `json:"n"`
}

// Month is the time to restore in one month.
type Month struct {
	Month string `json:"month"`
	Count int    `json:"count"`
	// Restored is how many of them have returned to service, Median their time to restore.
	Restored int           `json:"restored"`
	Median   time.Duration `json:"median,omitempty"`
}

// Summarise counts the disasters of a project. Proposed, rejected, rehearsed and withdrawn
// ones are left out of every figure.
func Summarise(project string, at time.Time, all []rules.Report) Summary {
	s := Summary{At: at, Project: project}
	left := map[string]int{}
	kinds, causes := map[string]int{}, map[string]int{}
	var times []time.Duration
	for _, r := range all {
		if !r.Times.Counts {
			left[string(r.Phase)]++
			continue
		}
		s.Disasters = append(s.Disasters, r)
		if r.Frozen || r.Times.Restored.IsZero() {
			s.Open++
		}
		for _, k := range strings.Split(kindsOf(r), ", ") {
			kinds[k]++
		}
		if len(r.Causes) == 0 {
			causes[notSet]++
		}
		for _, c := range r.Causes {
			causes[c]++
		}
		if !r.Times.Restored.IsZero() {
			times = append(times, r.Times.ToRestore)
		}
		if r.Times.Allowed > 0 && r.Times.Margin < 0 {
			s.Late++
		}
	}
	slices.SortStableFunc(s.Disasters, func(a, b rules.Report) int { return a.Times.Declared.Compare(b.Times.Declared) })
	s.Count, s.Restored = len(s.Disasters), len(times)
	s.Kinds, s.Causes, s.LeftOut = counts(kinds), counts(causes), counts(left)
	if len(times) > 0 {
		s.Median, s.Best, s.Worst = median(times), slices.Min(times), slices.Max(times)
	}
	s.Months = months(s.Disasters)
	return s
}

// counts are the most frequent first, then by name.
func counts(of map[string]int) []Count {
	var out []Count
	for name, n := range of {
		out = append(out, Count{name, n})
	}
	slices.SortFunc(out, func(a, b Count) int {
		if a.N != b.N {
			return b.N - a.N
		}
		return strings.Compare(a.Name, b.Name)
	})
	return out
}

// median is the middle of some times; of an even number the mean of the two in the middle.
func median(times []time.Duration) time.Duration {
	sorted := slices.Sorted(slices.Values(times))
	n := len(sorted)
	if n%2 == 1 {
		return sorted[n/2]
	}
	return sorted[n/2-1] + (sorted[n/2]-sorted[n/2-1])/2
}

// months is the time to restore over time. What has no known declaration has no month.
func months(sorted []rules.Report) []Month {
	var out []Month
	var times []time.Duration
	for _, r := range sorted {
		if r.Times.Declared.IsZero() {
			continue
		}
		name := r.Times.Declared.UTC().Format("2006-01")
		if n := len(out); n == 0 || out[n-1].Month != name {
			out, times = append(out, Month{Month: name}), nil
		}
		m := &out[len(out)-1]
		m.Count++
		if !r.Times.Restored.IsZero() {
			times = append(times, r.Times.ToRestore)
			m.Restored, m.Median = len(times), median(times)
		}
	}
	return out
}

// ProjectSheet is what a template gets of a project.
type ProjectSheet struct {
	Project, At string
	// Figures are the counts and times, each with its name.
	Figures               []Row
	Kinds, Causes, Months []Row
	Disasters             []Line
	// LeftOut says what does not count.
	LeftOut string
	// Figure is the address of the picture, for Markdown; Picture and Style are for a page.
	Figure  string
	Picture htmltemplate.HTML
	Style   htmltemplate.CSS
}

// Line is one disaster in the list of a project.
type Line struct{ Key, URL, Summary, Declared, Kind, Cause, Phase, ToRestore, Margin, ToCause, Frozen string }

// sheet makes the sheet of a project for a format.
func (s Summary) sheet(f Format) ProjectSheet {
	t := escaper(f)
	out := ProjectSheet{Project: t(s.Project), At: stamp(s.At), Kinds: rows(s.Kinds, t), Causes: rows(s.Causes, t)}
	out.Figures = []Row{{"Disasters", fmt.Sprint(s.Count)}, {"Open", fmt.Sprint(s.Open)}, {"Returned to service", fmt.Sprint(s.Restored)}}
	if s.Restored > 0 {
		out.Figures = append(out.Figures, Row{"Median time to restore", picture.Span(s.Median)}, Row{"Shortest", picture.Span(s.Best)}, Row{"Longest", picture.Span(s.Worst)})
	}
	out.Figures = append(out.Figures, Row{"Recovery time missed", fmt.Sprint(s.Late)})
	for _, m := range s.Months {
		value := fmt.Sprintf("%d, none restored yet", m.Count)
		if m.Restored > 0 {
			value = fmt.Sprintf("%d, median time to restore %s", m.Count, picture.Span(m.Median))
		}
		out.Months = append(out.Months, Row{m.Month, value})
	}
	for _, r := range s.Disasters {
		out.Disasters = append(out.Disasters, lineOf(r, f, t))
	}
	var left []string
	for _, c := range s.LeftOut {
		left = append(left, fmt.Sprintf("%d %s", c.N, t(c.Name)))
	}
	out.LeftOut = strings.Join(left, ", ")
	return out
}

// Picture draws the time to restore over time; without a disaster it is empty.
func (s Summary) Picture(opt picture.Options) string {
	return picture.History(s.Project, s.Disasters, opt)
}

// rows are counts for people.
func rows(counts []Count, t func(string) string) []Row {
	var out []Row
	for _, c := range counts {
		out = append(out, Row{t(c.Name), fmt.Sprint(c.N)})
	}
	return out
}

// lineOf is one disaster in the list.
func lineOf(r rules.Report, f Format, t func(string) string) Line {
	x := r.Times
	key := r.Key
	if key == "" {
		key = "issue " + r.Issue
	}
	l := Line{Key: t(key), URL: link(r.URL, f), Summary: t(r.Summary), Declared: stamp(x.Declared), Kind: t(kindsOf(r)), Cause: t(orNotSet(strings.Join(r.Causes, ", "))),
		Phase: t(string(r.Phase)), ToRestore: "open", ToCause: "open", Frozen: picture.Span(x.Frozen)}
	if r.Unreadable {
		l.ToRestore, l.ToCause = "not known", "not known"
	}
	if !x.Restored.IsZero() {
		l.ToRestore = picture.Span(x.ToRestore)
	}
	if !x.CauseClosed.IsZero() {
		l.ToCause = picture.Span(x.ToCause)
	}
	if x.Allowed > 0 {
		l.Margin = margin(x.Margin)
	}
	return l
}
