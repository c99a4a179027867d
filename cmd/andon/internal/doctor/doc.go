// Package doctor checks a real site before the worst day: whether andon can reach it, who
// it is there, what it may do and what would stop working without a right, whose sprints a
// freeze would cancel, and whether webhooks really arrive. It only reads.
//
// Each check is a value with its own words, so that table, JSON and tests share one truth.
package doctor
