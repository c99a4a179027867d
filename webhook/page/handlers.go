package page

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"
)

// maxForm bounds the body of the sign-in.
const maxForm = 4 << 10

// show is what the templates are given.
type show struct {
	Title    string
	Now      time.Time
	Events   string // the path of the stream, empty for a page that does not change
	Version  string // of what is shown
	News     string // what a screen reader is told when it changes
	Overview bool   // whether the reader may see the overview
	Projects []project
	Past     []Disaster
	Disaster Disaster
	Message  string
}

// project is a project on the overview.
type project struct {
	Key, Name string
	Frozen    bool
	Since     time.Time
	Disasters []Disaster
}

// overview shows all disasters, or the form where the reader has not shown a token.
func (p *Page) overview(w http.ResponseWriter, r *http.Request) {
	if !p.overviewAllowed(w, r) {
		return
	}
	all, version, err := p.read(r.Context())
	if err != nil {
		p.unavailable(w, r, err)
		return
	}
	s := p.overviewOf(all)
	s.Version = version
	p.render(w, r, http.StatusOK, "overview", s)
}

// overviewAllowed answers the request itself where the reader may not see the overview.
func (p *Page) overviewAllowed(w http.ResponseWriter, r *http.Request) bool {
	if len(p.cfg.Tokens) == 0 {
		p.notFound(w, r)
		return false
	}
	if p.mayOverview(r) {
		return true
	}
	token, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	switch {
	case !bearer:
		p.form(w, r, http.StatusOK, "")
	case p.guesses.tooMany(r):
		p.slowDown(w, r)
	case sameAsOne(p.cfg.Tokens, token):
		return true
	default:
		p.refuse(r, "a bearer token")
		w.Header().Set("WWW-Authenticate", "Bearer")
		p.form(w, r, http.StatusUnauthorized, "")
	}
	return false
}

// signIn takes the token of the form.
func (p *Page) signIn(w http.ResponseWriter, r *http.Request) {
	if len(p.cfg.Tokens) == 0 {
		p.notFound(w, r)
		return
	}
	r.Body = http.MaxBytesReader(w, r.Body, maxForm)
	token := r.PostFormValue("token")
	switch {
	case p.guesses.tooMany(r):
		p.slowDown(w, r)
	case !sameAsOne(p.cfg.Tokens, token):
		p.refuse(r, "a token of the overview")
		p.form(w, r, http.StatusUnauthorized, "That is not the token.")
	default:
		p.setCookie(w, r, cookieOverview, sign(p.cfg.Tokens[0], signsOverview), root)
		p.deps.Log.InfoContext(r.Context(), "the overview was opened")
		http.Redirect(w, r, p.cfg.Base+root, http.StatusSeeOther)
	}
}

// open takes the token of a link to a disaster, and leads on to an address without it.
func (p *Page) open(w http.ResponseWriter, r *http.Request) {
	project, issue, token := r.PathValue("project"), r.PathValue("issue"), r.PathValue("token")
	if !plainID(project) || !plainID(issue) || !signed(p.cfg.Secrets, disasterWhat(project, issue), token) {
		slow := p.guesses.tooMany(r)
		p.refuse(r, "a link to a disaster")
		if slow {
			p.slowDown(w, r)
			return
		}
		p.notFound(w, r)
		return
	}
	path := disasterPath(project, issue)
	p.setCookie(w, r, cookieDisaster, token, path)
	p.deps.Log.InfoContext(r.Context(), "the page of a disaster was opened", "project", project, "disaster", issue)
	http.Redirect(w, r, p.cfg.Base+path, http.StatusSeeOther) //nolint:gosec // a path of our own; its ids are digits
}

// disaster shows one disaster.
func (p *Page) disaster(w http.ResponseWriter, r *http.Request) {
	project, issue := r.PathValue("project"), r.PathValue("issue")
	if !plainID(project) || !plainID(issue) || !p.mayDisaster(r, project, issue) {
		p.notFound(w, r)
		return
	}
	d, version, there, err := p.readOne(r.Context(), project, issue)
	s := show{Title: d.Title() + ", " + d.Headline, Events: p.cfg.Base + disasterPath(project, issue) + "/events", Version: version,
		News: newsOf(d), Overview: p.mayOverview(r), Disaster: d}
	switch {
	case err != nil:
		p.unavailable(w, r, err)
	case !there:
		s.Title, s.News, s.Message = "Nothing to show", "", "Andon has nothing to show of this disaster, or nothing any more. A page stays for 30 days after the end."
		p.render(w, r, http.StatusNotFound, "message", s)
	default:
		p.render(w, r, http.StatusOK, "disaster", s)
	}
}

// newsOf says in a sentence how a disaster stands.
func newsOf(d Disaster) string {
	news := fmt.Sprintf("%s: %s.", d.Title(), d.Headline)
	if len(d.Tasks) > 0 {
		news += fmt.Sprintf(" %d of %d tasks done.", d.DoneTasks(), len(d.Tasks))
	}
	return news
}

// plainID says whether a text is an id of Jira's: digits alone.
func plainID(s string) bool {
	return s != "" && len(s) <= 20 && strings.Trim(s, "0123456789") == ""
}

// read gives all disasters of the shelf, and a name for just this state of it.
func (p *Page) read(ctx context.Context) ([]Disaster, string, error) {
	values, err := p.deps.Shelf.All(ctx)
	if err != nil {
		return nil, "", err
	}
	var names []string
	for name := range values {
		if strings.HasPrefix(name, NamePrefix) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	hash := sha256.New()
	var all []Disaster
	for _, name := range names {
		var d Disaster
		if err := json.Unmarshal(values[name], &d); err != nil { // of another version, perhaps
			p.deps.Log.WarnContext(ctx, "a value on the shelf is not understood", "name", name, "error", err)
			continue
		}
		hash.Write(values[name])
		all = append(all, d)
	}
	return all, hex.EncodeToString(hash.Sum(nil)[:8]), nil
}

// readOne gives one disaster.
func (p *Page) readOne(ctx context.Context, project, issue string) (d Disaster, version string, there bool, err error) {
	raw, there, err := p.deps.Shelf.Get(ctx, Name(project, issue))
	if err != nil || !there {
		return d, "", false, err
	}
	if err := json.Unmarshal(raw, &d); err != nil {
		return d, "", false, fmt.Errorf("a value on the shelf is not understood: %w", err)
	}
	sum := sha256.Sum256(raw)
	return d, hex.EncodeToString(sum[:8]), true, nil
}

// overviewOf sorts disasters for the overview: what is under way by project, the frozen
// ones first, and what is over, the latest first.
func (p *Page) overviewOf(all []Disaster) show {
	s := show{Title: "Overview", Events: p.cfg.Base + root + "/events", Overview: true}
	for _, d := range all {
		if !d.Ended.IsZero() {
			s.Past = append(s.Past, d)
			continue
		}
		i := slices.IndexFunc(s.Projects, func(x project) bool { return x.Key == d.ProjectKey })
		if i < 0 {
			i = len(s.Projects)
			s.Projects = append(s.Projects, project{Key: d.ProjectKey, Name: d.ProjectName})
		}
		at := &s.Projects[i]
		at.Disasters = append(at.Disasters, d)
		at.Frozen = at.Frozen || d.Frozen
		if d.Frozen && (at.Since.IsZero() || d.FrozenSince.Before(at.Since)) {
			at.Since = d.FrozenSince
		}
	}
	slices.SortStableFunc(s.Projects, func(a, b project) int {
		if a.Frozen != b.Frozen {
			if a.Frozen {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Key, b.Key)
	})
	slices.SortStableFunc(s.Past, func(a, b Disaster) int { return b.Ended.Compare(a.Ended) })
	s.News = overviewNews(s)
	return s
}

// overviewNews says in a sentence which projects are frozen.
func overviewNews(s show) string {
	var frozen []string
	for _, x := range s.Projects {
		if x.Frozen {
			frozen = append(frozen, x.Key)
		}
	}
	if len(frozen) == 0 {
		return "Planning is free everywhere."
	}
	return "Planning is frozen in " + strings.Join(frozen, ", ") + "."
}

// form asks for the token of the overview.
func (p *Page) form(w http.ResponseWriter, r *http.Request, status int, message string) {
	w.Header().Set("Content-Security-Policy", policy("'self'"))
	p.render(w, r, status, "form", show{Title: "Sign in", Message: message})
}

// refuse counts and logs a token that is not right, without the token.
func (p *Page) refuse(r *http.Request, what string) {
	if !p.guesses.tooMany(r) { // the log is not for flooding
		p.deps.Log.LogAttrs(r.Context(), slog.LevelWarn, "the status page was refused", slog.String("for", what), slog.String("peer", r.RemoteAddr))
	}
	p.guesses.wrong(r)
}

// slowDown answers who has tried too often.
func (p *Page) slowDown(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Retry-After", "30")
	p.render(w, r, http.StatusTooManyRequests, "message", show{Title: "Too many tries", Message: "Too many wrong tokens came from this address. Try again in half a minute."})
}

// unavailable answers where the shelf cannot be read. The reason is logged, not shown.
func (p *Page) unavailable(w http.ResponseWriter, r *http.Request, err error) {
	p.deps.Log.WarnContext(r.Context(), "the status page cannot be read", "error", err)
	w.Header().Set("Retry-After", "5")
	p.render(w, r, http.StatusServiceUnavailable, "message", show{Title: "Not now", Message: "What andon saw last cannot be read just now. Try again in a moment. Jira itself tells the same on the disaster's issue."})
}

// notFound answers what is not there and what may not be seen, alike.
func (p *Page) notFound(w http.ResponseWriter, r *http.Request) {
	p.render(w, r, http.StatusNotFound, "message", show{Title: "Not found", Message: "There is nothing here, or nothing for you. The link to a disaster's page stands on its issue in Jira."})
}
