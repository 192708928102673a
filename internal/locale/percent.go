package locale

import (
	"strconv"
	"strings"

	"kolega/internal/fault"
)

// ErrPercent refuses what is no per cent with at most two digits after the point.
var ErrPercent = fault.New(fault.Invalid, "locale.percent")

// ParsePercent reads a per cent as typed, "4,5" or "4.50" or "4 %", in basis points.
// Fault: locale.percent.
func ParsePercent(text string) (bp int64, err error) {
	text = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(text), "%"))
	whole, part, _ := strings.Cut(strings.ReplaceAll(text, ",", "."), ".")
	if whole == "" || len(whole) > 6 || len(part) > 2 || strings.Trim(whole+part, "0123456789") != "" {
		return 0, ErrPercent
	}
	part += strings.Repeat("0", 2-len(part))
	return strconv.ParseInt(whole+part, 10, 64)
}
