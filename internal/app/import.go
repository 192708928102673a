package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"kolega/internal/access"
	"kolega/internal/db"
	"kolega/internal/locale"
	"kolega/internal/talent"
	"kolega/internal/worktime"
)

type importCmd struct {
	Talents importTalentsCmd `cmd:"" help:"Take talents in from a CSV or XLSX file as people have them; a second run changes nothing."`
}

type importTalentsCmd struct {
	File string `arg:"" help:"CSV, TSV or XLSX." type:"existingfile"`
	JSON bool   `help:"Print the counts as one object, with a reason for each skipped row." name:"json"`
}

// Run takes a file in. The last line says: read N, created N, updated N, unchanged N, skipped N.
func (i *importTalentsCmd) Run(ctx context.Context, c *Common, out *outputs) error {
	h, err := OpenHall(ctx, c, worktime.System(), c.logger(out.err))
	if err != nil {
		return err
	}
	defer h.Close()
	if err := db.Migrate(ctx, h.DB); err != nil {
		return err
	}
	f, err := os.Open(i.File)
	if err != nil {
		return err
	}
	defer f.Close()
	bar := &progress{w: out.err, show: isTerminal(out.err)}
	rep, err := h.Talent.Import(ctx, access.System(), talent.Source{Name: filepath.Base(i.File), Data: f},
		talent.ImportOptions{Progress: func(p talent.Progress) { bar.at(p.Share, p.Read) }})
	bar.done()
	if err != nil {
		return err
	}
	l := locale.For(c.Lang, "Asia/Jakarta")
	if i.JSON {
		return json.NewEncoder(out.out).Encode(rep.Document(l.Code))
	}
	for _, r := range rep.Reasons() {
		fmt.Fprintf(out.out, "skipped %d: %s\n", r.Count, l.Code(r.Code))
	}
	fmt.Fprintln(out.out, rep.Line())
	return nil
}

// progress draws a bar on a terminal and nothing elsewhere.
type progress struct {
	w    io.Writer
	show bool
}

const barWidth = 30

func (p *progress) at(share float64, n int64) {
	if p.show {
		full := int(share * barWidth)
		fmt.Fprintf(p.w, "\r[%s%s] %3.0f%% %d", strings.Repeat("=", full), strings.Repeat(" ", barWidth-full), share*100, n)
	}
}

func (p *progress) done() {
	if p.show {
		fmt.Fprintln(p.w)
	}
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
