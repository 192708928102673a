package report

import (
	"kolega/internal/locale"
)

// BenchText writes what others publish for accounts of the kind, empty for none.
func BenchText(l *locale.Loc, s Sums) string {
	switch b := s.Bench; {
	case b.HighBp == 0:
		return ""
	case b.LowBp == b.HighBp:
		return l.T("report.bench-one", "rate", l.Bp(b.LowBp))
	default:
		return l.T("report.bench", "low", l.Bp(b.LowBp), "high", l.Bp(b.HighBp))
	}
}

// PeersText says how many of the agency's reported posts of the kind the rate beats,
// empty where there are too few to say.
func PeersText(l *locale.Loc, s Sums) string {
	if s.Peers.Posts == 0 {
		return ""
	}
	return l.T("report.peers", "percent", s.Peers.Percent, "n", s.Peers.Posts)
}

// SourceLines name where the benchmarks are from, with their day, and what EMV rests on.
func (d Document) SourceLines(l *locale.Loc) (out []string) {
	for _, b := range d.Benchmarks {
		tier := l.T("report.any-size")
		if b.Tier != "" {
			tier = l.T("report.tier." + string(b.Tier))
		}
		out = append(out, l.T("report.bench-source", "platform", l.T("platform."+b.Platform), "tier", tier, "base", l.T("figure.base."+string(b.Formula)), "source", b.Source, "date", l.DateLong(b.Since)))
	}
	for _, t := range d.Talents {
		if t.Peers.Posts > 0 {
			out = append(out, l.T("report.peers-source"))
			break
		}
	}
	return out
}
