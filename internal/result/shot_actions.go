package result

import (
	"context"
	"errors"
	"slices"

	"kolega/internal/access"
	"kolega/internal/scan"
)

// UseScan lets the service read figures from screenshots. It is called before anything runs.
func (s *Service) UseScan(t scan.Tool) { s.scan, s.scanning = t, true }

// Scanning says whether this machine reads figures from screenshots.
func (s *Service) Scanning() bool { return s.scanning }

// mostScanned is how many pictures of one form are read.
const mostScanned = 4

// ScanEvidence reads the figures of screenshots that were kept, as the app wrote them, to
// be confirmed by a person: nothing is saved. What two pictures tell differently is left
// out, as is what cannot be read. Right: insight.enter. Fault: insight.evidence-missing.
func (s *Service) ScanEvidence(ctx context.Context, actor access.Actor, list []Evidence) (map[Metric]string, error) {
	if err := actor.Require("insight.enter", access.Owner{CampaignID: actor.CampaignID, TalentID: actor.TalentID}); err != nil {
		return nil, err
	}
	if len(list) == 0 {
		return nil, ErrEvidenceMissing
	}
	out, apart := map[Metric]string{}, []Metric{}
	if !s.scanning {
		return out, nil
	}
	for _, e := range list[:min(len(list), mostScanned)] {
		words, err := s.wordsOf(ctx, e)
		if err != nil {
			return nil, err
		}
		for m, text := range ReadShot(words) {
			if was, ok := out[m]; ok && was != text {
				apart = append(apart, m)
			}
			out[m] = text
		}
	}
	for _, m := range apart {
		delete(out, m)
	}
	return out, nil
}

// wordsOf reads one picture; none that the tool cannot open.
func (s *Service) wordsOf(ctx context.Context, e Evidence) (string, error) {
	if !e.Shot() {
		return "", nil
	}
	f, err := s.blob.Open(ctx, e.SHA256)
	if err != nil {
		return "", err
	}
	words, err := s.scan.Words(ctx, f)
	if errors.Is(err, scan.ErrUnreadable) {
		err = nil
	}
	return words, errors.Join(err, f.Close())
}

// Scanned tells which of the counts a person confirmed as the machine had read them.
func Scanned(scanned, confirmed map[Metric]string) (out []Metric) {
	for _, m := range Metrics {
		if text, ok := scanned[m]; ok && text == confirmed[m] {
			out = append(out, m)
		}
	}
	return out
}

// scannedIn keeps only the marks of counts that are known.
func scannedIn(marks []Metric, c Counts) []Metric {
	return slices.DeleteFunc(slices.Clone(marks), func(m Metric) bool { _, ok := c[m]; return !ok })
}
