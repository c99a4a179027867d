package scale

import (
	"fmt"
	"io"
	"math"
	"testing"
)

// growth is a series of sites that grow in one direction.
type growth struct {
	of    string
	sizes []size
	by    []float64 // what grows, in each
}

// growths are the series of the table, each over two powers of ten.
func growths(tenth int) []growth {
	out := []growth{{of: "projects"}, {of: "issues in the sprint"}, {of: "disasters, budget 10/s"}, {of: "disasters, budget 1,000/s"}}
	for _, n := range []int{1, 10, 100} {
		alone := size{projects: 100, boards: 10, disasters: 1, replicas: 1, unfinished: 4, perSecond: 10, hasty: true}
		wide, deep := alone, alone
		wide.projects, wide.boards, deep.unfinished = 100*n/min(tenth, n), 10*n/min(tenth, n), 4*n/min(tenth, n)
		many := size{projects: 200, boards: 100, disasters: max(1, n/tenth), replicas: 1, unfinished: 4, perSecond: 10, hasty: true}
		free := many
		free.perSecond = 1000
		for i, sz := range []size{wide, deep, many, free} {
			out[i].sizes = append(out[i].sizes, sz)
			out[i].by = append(out[i].by, float64([]int{sz.projects, sz.unfinished, sz.disasters, sz.disasters}[i]))
		}
	}
	return out
}

// growthHead is that of the table, for [growth.row].
const growthHead = "| tenfold growth of | calls | median to a cancelled sprint | 99th | all done |\n|---|---|---|---|---|\n"

// row measures a series and prints by what each figure is multiplied where what grows is
// multiplied by ten.
func (g growth) row(t *testing.T, w io.Writer) error {
	t.Helper()
	var calls, middle, late, settled []float64
	for _, sz := range g.sizes {
		out := measure(t, sz)
		calls, settled = append(calls, float64(out.calls)), append(settled, out.settled.Seconds())
		middle, late = append(middle, out.at(50).Seconds()), append(late, out.at(99).Seconds())
	}
	_, err := fmt.Fprintf(w, "| %s | × %.1f | × %.1f | × %.1f | × %.1f |\n", g.of, tenfold(g.by, calls), tenfold(g.by, middle), tenfold(g.by, late), tenfold(g.by, settled))
	return err
}

// tenfold is ten to the slope of the line through the logarithms, by least squares.
func tenfold(x, y []float64) float64 {
	n := float64(len(x))
	var sx, sy, sxx, sxy float64
	for i := range x {
		lx, ly := math.Log10(x[i]), math.Log10(y[i])
		sx, sy, sxx, sxy = sx+lx, sy+ly, sxx+lx*lx, sxy+lx*ly
	}
	return math.Pow(10, (n*sxy-sx*sy)/(n*sxx-sx*sx))
}

func TestTheSlopeOfALineIsFound(t *testing.T) {
	x := []float64{1, 10, 100}
	for want, y := range map[float64][]float64{
		1:   {7, 7, 7},
		10:  {3, 30, 300},
		100: {2, 200, 20_000},
	} {
		if got := tenfold(x, y); math.Abs(got-want) > 1e-9*want {
			t.Errorf("%v: × %v, want × %v", y, got, want)
		}
	}
}
