package rules

import (
	"fmt"
	"strconv"
)

// boardOfNobody is the reason code of a sprint whose board is located in no project.
const boardOfNobody = "board-of-nobody"

// plannedElsewhere tells, once for each sprint and freeze, that an issue of the project
// was put into another team's sprint. That one is never touched, so people have to act.
func (w *work) plannedElsewhere(c dossier, p Planned, at put) Say {
	where := "sprint " + strconv.FormatInt(at.sprint, 10)
	for _, s := range w.f.Sprints {
		if s.ID != at.sprint {
			continue
		}
		where += fmt.Sprintf(" \"%s\"", EscapeWiki(s.Name))
		if b, ok := w.f.board(s.Board); ok && b.ProjectKey != "" {
			where += " of project " + EscapeWiki(b.ProjectKey)
		}
	}
	return comment(c.d, "an issue was planned in another team's sprint", fmt.Sprintf(
		"%s put %s into %s at %s while planning is frozen. That sprint is not this project's, so andon leaves it alone: whoever planned the issue there takes it out again. Others in the same sprint are not told one by one. %s",
		person(at.by), EscapeWiki(p.Key), where, when(at.at), w.wayOut(c)), "elsewhere", c.d.ID, itoa(c.rec.Round), itoa(c.rec.Baseline.Number), strconv.FormatInt(at.sprint, 10))
}
