package result

import (
	"errors"
	"maps"
	"testing"

	"kolega/internal/review"
)

func TestTable_HeadsAsPlatformsAndPeopleWriteThem(t *testing.T) {
	l, err := LayoutOf([]string{"video_id", "title", "publishedAt", "view_count", "likes", "dislikes", "comment_count", "comments_disabled", "ratings_disabled"})
	if err != nil || l.ID != 0 || !maps.Equal(l.Metrics, map[int]Metric{3: Views, 4: Likes, 6: Comments}) || !maps.Equal(l.Hidden, map[int]Metric{7: Comments, 8: Likes}) || len(l.Left) != 3 {
		t.Errorf("YouTube: %+v %v", l, err)
	}
	l, err = LayoutOf([]string{"Tautan ", "\nJangkauan", "Tayangan", "Suka", "Komentar", "Disimpan", "Dibagikan", "Likes"})
	if err != nil || l.Link != 0 || len(l.Metrics) != 6 || l.Left[0] != "Likes" {
		t.Errorf("Indonesian, with a second column of one metric: %+v %v", l, err)
	}
	if _, err := LayoutOf([]string{"Impressions", "Saves", "Comments", "Shares", "Likes", "Caption", "Hashtags"}); !errors.Is(err, ErrTablePost) {
		t.Errorf("no column says which post: %v", err)
	}
	if _, err := LayoutOf([]string{"Link", "Caption"}); !errors.Is(err, ErrTableCounts) {
		t.Errorf("no counts: %v", err)
	}
}

func TestTable_RowsFindTheirPost(t *testing.T) {
	row := func(id, handle, platform, platformID string, followers int64) PostRow {
		return PostRow{Deliverable: review.Deliverable{ID: id}, Handle: handle, Followers: followers, Post: Post{ID: "p" + id, Platform: platform, PlatformID: platformID}}
	}
	rows := []PostRow{row("d1", "nadia", Instagram, "DAbCdEfGhIj", 1000), row("d2", "nadia", YouTube, "dQw4w9WgXcQ", -1), row("d3", "ratih", TikTok, "7412345678901234567", -1), {Deliverable: review.Deliverable{ID: "d4"}, Handle: "belum"}}
	l, err := LayoutOf([]string{"url", "id", "akun", "views", "reach", "likes", "ratings_disabled"})
	if err != nil {
		t.Fatal(err)
	}
	cases := []struct {
		name  string
		cells []string
		want  string
		fault string
	}{
		{"by its link", []string{"https://www.instagram.com/p/DAbCdEfGhIj/?igsh=x", "", "", "12,3 rb", "9.100", "812"}, "d1", ""},
		{"by its id", []string{"", "dQw4w9WgXcQ", "", "1,2 jt", "", "30"}, "d2", ""},
		{"by the account with one post", []string{"", "", "@Ratih", "500", "", "30"}, "d3", ""},
		{"an account with two", []string{"", "", "nadia", "500", "", "30"}, "", "insight.table-several"},
		{"a link that is nobody's", []string{"https://www.instagram.com/p/AAAAAAAAAAA/", "", "nadia", "500", "", "30"}, "", "insight.table-unknown"},
		{"not posted yet", []string{"", "", "belum", "500", "", "30"}, "", "insight.table-unknown"},
		{"a count that could be two", []string{"", "dQw4w9WgXcQ", "", "12.34", "", ""}, "", "count.fraction"},
		{"more likes than views", []string{"", "dQw4w9WgXcQ", "", "30", "", "500"}, "d2", ErrActionsOverViews},
		{"nothing counted", []string{"", "dQw4w9WgXcQ", "", "", "", ""}, "", "insight.empty"},
		{"a short row", []string{"", "dQw4w9WgXcQ"}, "", "insight.empty"},
	}
	for _, c := range cases {
		got := l.Read(2, c.cells, rows, "id")
		if got.DeliverableID != c.want || got.Fault != c.fault && c.fault != "count.fraction" || c.fault == "count.fraction" && got.Field != Views {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
	got := l.Read(2, []string{"", "dQw4w9WgXcQ", "", "900", "", "0", "True"}, rows, "en")
	if _, known := got.Counts[Likes]; known || got.Fault != "" || len(got.Hidden) != 1 {
		t.Errorf("hidden likes are unknown, not zero: %+v", got)
	}
	if got := l.Read(2, []string{"https://instagram.com/p/DAbCdEfGhIj", "", "", "99000", "60000", "1"}, rows, "en"); len(got.Warnings) != 1 || got.Fault != "" {
		t.Errorf("unusual reach warns: %+v", got)
	}
}
