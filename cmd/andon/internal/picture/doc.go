// Package picture draws the timeline of a disaster as an SVG: bars for recovery, system
// modes and freezes, numbered marks for steps, and an axis with times. A picture is text
// alone, without a script; it carries classes rather than colours, so that it fits light
// and dark, and words for those who cannot see it. The same report gives the same bytes.
package picture
