// Package forecast tells what andon would do about a project, and why, without doing it:
// it carries each action out in the facts alone, stage by stage, until nothing is left. It
// can also tell what would come if somebody did something first.
package forecast
