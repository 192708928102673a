package paper

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"kolega/internal/money"
	"kolega/internal/worktime"
)

// CSV writes a file that spreadsheets open as it is meant: UTF-8 with a mark, CRLF, and the
// separator that the language's spreadsheets expect (";" in Indonesian, where the comma
// is the decimal mark). The first error is kept and told by Close.
type CSV struct {
	w   *bufio.Writer
	sep string
	err error
}

// NewCSV begins a file for readers of a language.
func NewCSV(w io.Writer, lang string) *CSV {
	c := &CSV{w: bufio.NewWriter(w), sep: ","}
	if lang == "id" {
		c.sep = ";"
	}
	c.text("\ufeff")
	return c
}

// Row writes one row. Texts are quoted and guarded against formulas; whole numbers,
// amounts (plain decimal) and dates are written bare.
func (c *CSV) Row(cells ...any) {
	for i, v := range cells {
		if i > 0 {
			c.text(c.sep)
		}
		c.text(csvCell(v))
	}
	c.text("\r\n")
}

func csvCell(v any) string {
	switch x := v.(type) {
	case nil:
		return ""
	case int:
		return strconv.Itoa(x)
	case int64:
		return strconv.FormatInt(x, 10)
	case money.Amount:
		if x.None() {
			return ""
		}
		return x.Decimal()
	case worktime.Date:
		if x.Valid() {
			return string(x)
		}
		return ""
	case string:
		return quoted(x)
	}
	return quoted(fmt.Sprint(v))
}

func quoted(text string) string {
	if text == "" {
		return ""
	}
	return `"` + strings.ReplaceAll(guard(text), `"`, `""`) + `"`
}

func (c *CSV) text(s string) {
	if c.err == nil {
		_, c.err = c.w.WriteString(s)
	}
}

// Close writes what is left; it does not close the writer underneath.
func (c *CSV) Close() error {
	if c.err == nil {
		c.err = c.w.Flush()
	}
	if c.err != nil {
		return fmt.Errorf("write csv: %w", c.err)
	}
	return nil
}
