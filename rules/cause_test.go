package rules

import (
	"slices"
	"testing"
)

func TestTheCategoryOfTheCause(t *testing.T) {
	tests := []struct {
		name           string
		task, disaster []string
		want           []string
	}{
		{"nobody has set one", nil, []string{"disaster"}, nil},
		{"it is set on the root-cause task", []string{"cause-architecture", "x"}, nil, []string{"architecture"}},
		{"it is set on the disaster", nil, []string{"disaster", "cause-infrastructure"}, []string{"infrastructure"}},
		{"the task counts more", []string{"cause-architecture"}, []string{"cause-infrastructure"}, []string{"architecture"}},
		{"several come in order, each once", []string{"cause-b", "cause-a", "cause-b"}, nil, []string{"a", "b"}},
		{"a team's own word is taken", []string{"cause-moon-phase"}, nil, []string{"moon-phase"}},
		{"the bare prefix says nothing", []string{"cause-"}, []string{"cause-x"}, []string{"x"}},
		{"what cannot be seen is left out", []string{"cause-a\u202eb"}, nil, []string{"ab"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := declaredWorld(t)
			f := known(t, w)
			f.Disasters[0].Labels = append(f.Disasters[0].Labels, test.disaster...)
			for i, task := range f.Disasters[0].Tasks {
				if task.Entry == "root-cause" {
					f.Disasters[0].Tasks[i].Labels = test.task
				}
			}
			r, _ := Tell(f, "100")
			if !slices.Equal(r.Causes, test.want) {
				t.Errorf("got %q, want %q", r.Causes, test.want)
			}
		})
	}
}

func TestEveryCategoryHasALabelThatIsReadBack(t *testing.T) {
	for _, c := range Causes() {
		if got := causesOf([]string{CauseLabel(c)}); !slices.Equal(got, []string{c}) {
			t.Errorf("%s is read back as %q", c, got)
		}
	}
}
