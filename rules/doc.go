// Package rules decides. It takes everything known about one project as a plain
// value, [Facts], and returns what andon would do about it and why, as another
// plain value, [Plan]. It reads no clock, does no I/O, draws no random number and
// never walks a map in its own order, so the same facts always give the same plan.
//
// The words are those of the field: a Product Owner declares a disaster by a label,
// the active sprints are cancelled, recovery and root-cause tasks are created, and
// planning stays frozen until the root cause is closed.
//
// [Decide] gives the next stage of work only: stopping the line comes before
// everything else, then what must survive a restart, then the tasks, then the words.
// [Effect] says how the facts look after an action has been carried out, so that the
// next stage can be decided without reading Jira again, so that a rehearsal can walk
// through the whole plan without writing, and so that tests can prove that deciding
// again after applying gives nothing.
package rules
