package jira

import (
	"context"
	"fmt"
	"time"
)

// surveyEvery is how often the lists of all boards and projects are read again. They say what
// a declaration asks for early, in a project that nobody has looked at before; they decide
// nothing, so that an old list costs a round trip and no more.
const surveyEvery = time.Hour

// largeSite is how many projects or boards make a Cloud site large. Each one that is listed
// costs a point, so that an hourly list of more than that would cost several hundredths of all
// the points there are; a declaration asks for its own project's boards instead, in the same
// round trip.
const largeSite = 600

// survey reads the lists of all boards and projects, fifty a call, if that is due. It comes
// after everything else in a sweep, and its failure is no fault of the sweep's.
func (r *Reconciler) survey(ctx context.Context) {
	if r.known.isLarge() || !r.known.surveyDue() {
		return
	}
	if err := r.surveyNow(ctx); err != nil {
		r.log.DebugContext(ctx, "the boards and projects of the site are not known yet", "why", err)
	}
}

// surveyNow reads the lists.
func (r *Reconciler) surveyNow(ctx context.Context) error {
	g, gctx := r.crew(ctx)
	g.Go(func() error {
		boards, err := r.c.AllBoards(gctx)
		if err != nil {
			return fmt.Errorf("list the boards: %w", err)
		}
		for _, b := range boards {
			r.known.setBoard(b)
		}
		if info, err := r.c.Server(gctx); err == nil && info.Flavour == Cloud {
			r.known.setLarge(len(boards))
		}
		return nil
	})
	if !r.known.projectsFresh() {
		g.Go(func() error {
			projects, err := r.c.Projects(gctx)
			if err != nil {
				return fmt.Errorf("list the projects: %w", err)
			}
			r.known.setProjects(projects)
			return nil
		})
	}
	return g.Wait()
}

// projectOf is the project of a look. A declaration takes what the list told a while ago, for
// its ids and issue types; who leads it is asked for where it matters.
func (l *look) projectOf(ctx context.Context) (Project, error) {
	if p, ok := l.r.known.project(l.key); ok && l.hopeful() {
		l.projectKept = true
		return p, nil
	}
	return l.r.c.Project(ctx, l.key)
}

// plainest is the failure of a look that tells most. Of a project that it does not show, Jira
// answers 400 to the search and to the list of boards, whichever comes first, and only the
// project's own answer says that there is none; so no other failure cuts that one off.
func plainest(first, project error) error {
	if IsNotFound(project) {
		return project
	}
	return first
}

// lead is who leads the project, as Jira says now.
func (l *look) lead(ctx context.Context) (*User, error) {
	p, err := l.r.c.Project(ctx, l.key)
	if err != nil {
		return nil, fmt.Errorf("lead of project %s: %w", l.key, err)
	}
	return p.Lead, nil
}

// surveyDue says whether the lists are to be read again, and notes that they are.
func (k *Known) surveyDue() bool {
	k.site.mu.Lock()
	defer k.site.mu.Unlock()
	if k.now().Before(k.site.nextSurvey) {
		return false
	}
	k.site.nextSurvey = k.now().Add(surveyEvery)
	return true
}

// setProjects notes projects whose issue types were told.
func (k *Known) setProjects(projects []Project) {
	k.site.mu.Lock()
	defer k.site.mu.Unlock()
	k.site.projects, k.site.projectsUntil = map[string]Project{}, k.now().Add(surveyEvery)
	for _, p := range projects {
		if len(p.IssueTypes) > 0 {
			k.site.projects[p.Key] = p
		}
	}
}

// addProjects notes a part of the list of projects, and all of them with the last part. Those
// of a large site are not kept.
func (k *Known) addProjects(part projectPart) {
	k.setLarge(part.total)
	if all, whole := k.gather(part); whole {
		k.setProjects(all)
	}
}

// gather adds a part to those before it, and gives them with the last one.
func (k *Known) gather(part projectPart) (all []Project, whole bool) {
	k.site.mu.Lock()
	defer k.site.mu.Unlock()
	if k.site.large {
		return nil, false
	}
	k.site.parts = append(k.site.parts, part.projects...)
	if part.next != 0 {
		return nil, false
	}
	all, k.site.parts = k.site.parts, nil
	return all, true
}

// setLarge notes that a Cloud site has so many projects or boards.
func (k *Known) setLarge(n int) {
	if n <= largeSite {
		return
	}
	k.site.mu.Lock()
	defer k.site.mu.Unlock()
	k.site.large, k.site.parts = true, nil
}

// isLarge says whether the site is too large for lists of everything.
func (k *Known) isLarge() bool {
	k.site.mu.RLock()
	defer k.site.mu.RUnlock()
	return k.site.large
}

// projectsFresh says whether the list of projects may be believed for a while yet.
func (k *Known) projectsFresh() bool {
	k.site.mu.RLock()
	defer k.site.mu.RUnlock()
	return k.now().Add(surveyEvery / 2).Before(k.site.projectsUntil)
}

// project is a project as the list told of it.
func (k *Known) project(key string) (Project, bool) {
	k.site.mu.RLock()
	defer k.site.mu.RUnlock()
	p, ok := k.site.projects[key]
	return p, ok && k.now().Before(k.site.projectsUntil)
}
