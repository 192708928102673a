package review

import (
	"strconv"
	"strings"
)

// Limits are what a platform and format accept, told before the upload begins.
type Limits struct {
	Types        []string // media types
	MaxBytes     int64
	MaxSeconds   int64 // of a video; 0 = no limit known
	MaxCaption   int64 // characters
	MaxHashtags  int64
	NeedsCaption bool
}

var (
	videoTypes = []string{"video/mp4", "video/quicktime", "video/webm", "video/x-m4v"}
	imageTypes = []string{"image/jpeg", "image/png", "image/webp", "image/heic", "image/heif"}
)

const (
	mib = int64(1) << 20
	gib = int64(1) << 30
)

// LimitsFor gives the limits of a deliverable. A draft is the working file, so
// the sizes are those of the upload here, not of the platform's own encoder. An
// unknown platform or format gets the widest limits, since a new one must not
// stop a campaign.
func LimitsFor(platform, format string) Limits {
	l := Limits{
		Types: append(append([]string{}, videoTypes...), imageTypes...), MaxBytes: 2 * gib,
		MaxCaption: 5000, MaxHashtags: 60, NeedsCaption: true,
	}
	switch strings.ToLower(platform) {
	case "instagram":
		l.MaxCaption, l.MaxHashtags, l.MaxSeconds = 2200, 30, 900
	case "tiktok":
		l.MaxCaption, l.MaxSeconds = 4000, 3600
	case "x", "twitter":
		l.MaxCaption, l.MaxBytes = 25000, gib/2
	}
	switch strings.ToLower(format) {
	case "story", "stories", "live":
		l.NeedsCaption, l.MaxSeconds = false, 0
	case "photo", "image", "feed_photo", "carousel":
		l.Types, l.MaxBytes, l.MaxSeconds = append([]string{}, imageTypes...), 64*mib, 0
		if strings.EqualFold(format, "carousel") {
			l.Types, l.MaxBytes = append(append([]string{}, imageTypes...), videoTypes...), gib
		}
	case "reel", "reels", "video", "short", "shorts":
		l.Types = append([]string{}, videoTypes...)
		if strings.EqualFold(platform, "youtube") && strings.HasPrefix(strings.ToLower(format), "short") {
			l.MaxSeconds = 180 // longer ones are no Shorts
		}
	}
	return l
}

// Kinds names the accepted files the way people do: "MP4, MOV, WebM".
func (l Limits) Kinds() string {
	names := map[string]string{
		"video/mp4": "MP4", "video/quicktime": "MOV", "video/webm": "WebM", "image/jpeg": "JPG",
		"image/png": "PNG", "image/webp": "WebP", "image/heic": "HEIC",
	}
	var out []string
	for _, t := range l.Types {
		if n := names[t]; n != "" {
			out = append(out, n)
		}
	}
	return strings.Join(out, ", ")
}

// Accept is the value of a file input's accept attribute.
func (l Limits) Accept() string { return strings.Join(l.Types, ",") }

// Bytes is a size for people, "2 GB" or "48 MB", in units of a thousand.
type Bytes int64

// String writes the size; it reads the same in each language.
func (b Bytes) String() string {
	for _, u := range []struct {
		name string
		of   int64
	}{{"GB", 1e9}, {"MB", 1e6}, {"kB", 1e3}} {
		if int64(b) >= u.of {
			return strconv.FormatInt((int64(b)+u.of/2)/u.of, 10) + " " + u.name
		}
	}
	return strconv.FormatInt(int64(b), 10) + " B"
}
