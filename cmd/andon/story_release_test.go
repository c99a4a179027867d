package main

import (
	"fmt"
	"io"
	"strings"

	"andon/jira"
)

// releaseWords are what an operator does by hand.
func releaseWords() []word {
	return []word{
		// andon release, from whatever machine
		does(`the operator releases {issue} of {P} because {text}`, func(st *tale, a []string) error { return st.release(a[0], a[1], a[2]) }),
		does(`the operator may not release {issue} of {P}, since {text}`, func(st *tale, a []string) error {
			err := st.release(a[0], a[1], "I want to")
			if err == nil || !strings.Contains(err.Error(), a[2]) {
				return fmt.Errorf("it was refused with %w", err)
			}
			return nil
		}),
	}
}

// release is what the command does, with a client of its own.
func (st *tale) release(issue, project, reason string) error {
	id := issue // of a deleted issue the project still knows the key
	if i, there := st.w.jira.Issue(issue); there {
		id = itoa(i.ID)
	}
	signer, err := jira.NewSigner(st.w.app.cfg.RecordSecrets()...)
	if err != nil {
		return err
	}
	r := releasing{project: project, disaster: id, reason: reason, by: "olga"}
	return r.run(st.w.t.Context(), st.w.app.client, signer, st.w.clock.Now, io.Discard, st.w.app.cfg.Resync)
}
