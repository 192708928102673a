package idea

import (
	"slices"
	"strings"
	"time"

	"kolega/internal/fault"
	"kolega/internal/result"
)

// Experiment marks a slot that tries something out. Its measure is its own: whether it
// worked is asked of that figure, not of the campaign's promise.
type Experiment struct {
	SlotID, CampaignID string

	IdeaID  string        // "" for none
	Belief  string        // what we believe and want to know
	Measure result.Metric // counted over the slot's posts
	Target  int64
	MadeAt  time.Time
	By      string
	Learned string // what it taught, once it is over
	EndedAt time.Time
	EndedBy string
	Version int64
}

// Faults of experiments.
var (
	ErrBelief     = fault.Field("belief", "idea.belief")
	ErrMeasure    = fault.Field("measure", "idea.measure")
	ErrTarget     = fault.Field("target", "idea.target")
	ErrLearned    = fault.Field("learned", "idea.learned")
	ErrEnded      = fault.New(fault.Conflict, "idea.experiment-ended")
	ErrSlotAbsent = fault.New(fault.NotFound, "idea.slot-absent")
)

// Measures are the figures that an experiment can be judged by.
func Measures() []result.Metric {
	return []result.Metric{result.Reach, result.Views, result.Likes, result.Comments, result.Saves, result.Shares, result.Clicks}
}

func (e *Experiment) tidy() error {
	e.Belief = strings.TrimSpace(e.Belief)
	switch {
	case e.Belief == "" || len([]rune(e.Belief)) > maxBody:
		return ErrBelief
	case !slices.Contains(Measures(), e.Measure):
		return ErrMeasure
	case e.Target <= 0:
		return ErrTarget
	}
	return nil
}

// Over tells whether somebody wrote down what it taught.
func (e Experiment) Over() bool { return !e.EndedAt.IsZero() }

// Actual is the measure over the slot's posts: a verified reading where there is one, else
// the newest. known is false while no post has the figure.
func (e Experiment) Actual(rows []result.PostRow) (sum int64, known bool) {
	for _, r := range rows {
		if r.SlotID != e.SlotID {
			continue
		}
		n, ok := r.Proof.Counts[e.Measure]
		if !ok {
			n, ok = r.Newest.Counts[e.Measure]
		}
		sum, known = sum+n, known || ok
	}
	return sum, known
}
