package result

import (
	"regexp"
	"strings"

	"kolega/internal/locale"
)

// shotLabels are the words that stand beside figures in the apps, in Indonesian, English
// and Filipino, folded. A longer label wins over a shorter one.
var shotLabels = map[string]Metric{
	"views": Views, "view": Views, "plays": Views, "video views": Views, "tayangan": Views, "penayangan": Views, "ditonton": Views, "diputar": Views, "mga view": Views,
	"accounts reached": Reach, "reach": Reach, "akun yang dijangkau": Reach, "akun dijangkau": Reach, "jangkauan": Reach, "reached audience": Reach, "viewers": Reach, "penonton": Reach,
	"impressions": Impressions, "impresi": Impressions,
	"likes": Likes, "like": Likes, "suka": Likes, "disukai": Likes,
	"comments": Comments, "comment": Comments, "komentar": Comments,
	"saves": Saves, "saved": Saves, "save": Saves, "simpan": Saves, "disimpan": Saves, "favorites": Saves, "favorit": Saves,
	"shares": Shares, "share": Shares, "bagikan": Shares, "dibagikan": Shares, "sends": Shares,
	"replies": Replies, "balasan": Replies, "sticker taps": Taps, "ketukan stiker": Taps, "link clicks": Clicks, "klik tautan": Clicks,
}

// figureText is a figure as apps write it, alone: 1.234, 98,4K, 12,3 rb, 1,2 jt.
var figureText = regexp.MustCompile(`(?i)^\d[\d.,]*(?:\s?(?:k|rb|ribu|jt|juta))?$`)

// lineFigure splits a line of a label and a figure, in either order.
var lineFigure = regexp.MustCompile(`(?i)^(?:(\d[\d.,]*(?:\s?(?:k|rb|ribu|jt|juta))?)\s+(\D+)|(\D+?)[\s:]+(\d[\d.,]*(?:\s?(?:k|rb|ribu|jt|juta))?))$`)

// ReadShot finds figures in the words of a screenshot: a label and a figure on one line,
// or the one right below the other. What could mean two numbers, or is said twice
// differently, is not read: a person types it. The texts are as the app wrote them.
func ReadShot(words string) map[Metric]string {
	var lines []string
	for _, line := range strings.Split(words, "\n") {
		if line = strings.Trim(strings.TrimSpace(line), "|_~-•·© "); line != "" {
			lines = append(lines, line)
		}
	}
	found, twice := map[Metric]string{}, map[Metric]bool{}
	keep := func(m Metric, text string) {
		text = strings.TrimSpace(text)
		if _, err := locale.ParseCount(text, locale.DefaultLang); err != nil {
			return
		}
		if was, ok := found[m]; ok && was != text {
			twice[m] = true
		}
		found[m] = text
	}
	used := map[int]bool{} // a figure belongs to one label
	for _, line := range lines {
		if m, text, ok := together(line); ok {
			keep(m, text)
		}
	}
	for i, line := range lines {
		m, ok := labelOf(line)
		if !ok {
			continue
		}
		for _, at := range []int{i - 1, i + 1} { // the apps write the figure above its word
			if at >= 0 && at < len(lines) && !used[at] && figureText.MatchString(lines[at]) {
				used[at] = true
				keep(m, lines[at])
				break
			}
		}
	}
	for m := range twice {
		delete(found, m)
	}
	return found
}

// together reads a line of a label and a figure.
func together(line string) (Metric, string, bool) {
	p := lineFigure.FindStringSubmatch(line)
	if p == nil {
		return "", "", false
	}
	m, ok := labelOf(p[2] + p[3])
	return m, p[1] + p[4], ok
}

// labelOf knows a label by its whole text, so that "see all likes" is none.
func labelOf(text string) (Metric, bool) {
	m, ok := shotLabels[strings.Trim(locale.Fold(text), " :.?>@()i|")]
	if !ok {
		m, ok = shotLabels[strings.Trim(locale.Fold(text), " :.?>@()|")]
	}
	return m, ok
}
