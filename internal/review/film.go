package review

import "time"

// Film is what is known of a version's video, and what was made of it for phones. All of
// it is zero where the machine has no ffmpeg, or it has not come by yet.
type Film struct {
	DurationMS    int64
	Width, Height int64
	CopySHA256    string // an H.264 copy
	PosterSHA256  string // one early frame as JPEG
	AskedAt       time.Time
	MadeAt        time.Time
}

// Copied says whether there is a copy that every phone plays.
func (f Film) Copied() bool { return f.CopySHA256 != "" }

// Waiting says whether the copy is still being made.
func (f Film) Waiting() bool { return !f.AskedAt.IsZero() && f.MadeAt.IsZero() }

// TooLong says by how many seconds a film is longer than the platform takes; 0 = not.
func (l Limits) TooLong(f Film) int64 {
	if over := (f.DurationMS+999)/1000 - l.MaxSeconds; l.MaxSeconds > 0 && over > 0 {
		return over
	}
	return 0
}
