package picture

// Style is the style sheet of the classes that pictures use, for a page that shows them.
// Every colour has enough contrast with its ground, light and dark.
func Style() string {
	return `.andon-picture { --ink: #1c1f23; --soft: #57606a; --paper: #ffffff; --lane: #eef1f4;
  --recovery: #b3261e; --mode: #7a4a00; --freeze: #0b57a4; --good: #1a6b35; --on: #ffffff;
  font: 13px system-ui, sans-serif; max-width: 100%; height: auto; }
@media (prefers-color-scheme: dark) {
  .andon-picture { --ink: #e6e9ec; --soft: #a3abb3; --paper: #15181b; --lane: #262b30;
    --recovery: #ff9d94; --mode: #f0bd6a; --freeze: #8cc4ff; --good: #7fd89a; --on: #15181b; }
}
.andon-paper { fill: var(--paper); }
.andon-lane { fill: var(--lane); }
.andon-label, .andon-line { fill: var(--ink); }
.andon-small { fill: var(--soft); font-size: 12px; }
.andon-inside { fill: var(--on); font-size: 12px; }
.andon-number { fill: var(--on); font-size: 12px; font-weight: 600; }
.andon-picture > .andon-number { fill: var(--ink); }
.andon-axis { stroke: var(--soft); stroke-width: 1; }
.andon-due { stroke: var(--recovery); stroke-width: 1.5; stroke-dasharray: 4 3; }
.andon-now { stroke: var(--ink); stroke-width: 1.5; stroke-dasharray: 2 3; }
.andon-bar { stroke-width: 0; }
.andon-recovery, .andon-bad { fill: var(--recovery); }
.andon-mode, .andon-grave { fill: var(--mode); }
.andon-freeze, .andon-plain { fill: var(--freeze); }
.andon-good { fill: var(--good); }
.andon-open { stroke: var(--ink); stroke-width: 1; stroke-dasharray: 4 2; }
`
}
