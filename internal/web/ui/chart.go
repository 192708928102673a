package ui

import (
	"context"
	"io"

	"kolega/internal/paper/chart"
)

// Chart is a drawing of internal/paper/chart with its figures as a table for those who do not see it. Draw it about
// 340 units wide; Wide lifts the limit on its shown width.
type Chart struct {
	Drawing chart.Drawing
	Wide    bool
}

// Render writes the drawing; package chart escapes every text in it.
func (c Chart) Render(_ context.Context, w io.Writer) error {
	open := `<div class="chart-box">`
	if c.Wide {
		open = `<div class="chart-box chart-w">`
	}
	_, err := io.WriteString(w, open+c.Drawing.SVG()+`<div class="vh">`+c.Drawing.TableHTML("")+"</div></div>") // a table alone cannot be one pixel wide
	return err
}
