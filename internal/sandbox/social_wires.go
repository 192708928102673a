package sandbox

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// youtube answers as the Data API does: every count is text.
func (s *Social) youtube(a ask, t Mishap, ok bool) reply {
	fault := func(status int, reason string) reply {
		return doc(status, map[string]any{"error": map[string]any{"code": status, "message": reason, "errors": []any{map[string]any{"message": reason, "domain": "youtube.quota", "reason": reason}}}})
	}
	switch {
	case !ok || t == Expired || t == Lapsed:
		return fault(http.StatusBadRequest, "keyInvalid")
	case t == OutOfQuota:
		return fault(http.StatusForbidden, "quotaExceeded")
	case t == NoScope:
		return fault(http.StatusForbidden, "accessNotConfigured")
	case a.path != "/videos":
		return fault(http.StatusNotFound, "notFound")
	}
	items := []any{}
	for _, id := range strings.Split(a.query.Get("id"), ",") {
		if t == Removed || t == Delayed || id == "" {
			continue
		}
		c := s.countsOf(s.known(YouTube, id, s.now().Add(-72*time.Hour)))
		stats := map[string]any{"viewCount": strconv.FormatInt(c.views, 10), "favoriteCount": "0"}
		if t != HiddenLikes {
			stats["likeCount"] = strconv.FormatInt(c.likes, 10)
		}
		if t != LacksMetric {
			stats["commentCount"] = strconv.FormatInt(c.comments, 10)
		}
		items = append(items, map[string]any{"kind": "youtube#video", "id": id, "statistics": stats})
	}
	return doc(http.StatusOK, map[string]any{"kind": "youtube#videoListResponse", "pageInfo": map[string]any{"totalResults": len(items), "resultsPerPage": len(items)}, "items": items})
}

// known is what was told of an id, or a post made at an instant.
func (s *Social) known(p Provider, id string, at time.Time) Content {
	for key, list := range s.told {
		for _, c := range list {
			if strings.HasPrefix(key, string(p)+"/") && c.ID == id {
				return c
			}
		}
	}
	return Content{ID: id, At: at}
}

// tiktok answers as the Display API does: an error in every answer.
func (s *Social) tiktok(a ask, handle string, t Mishap, ok bool) reply {
	answer := func(status int, code string, data any) reply {
		return doc(status, map[string]any{"data": data, "error": map[string]any{"code": code, "message": "", "log_id": "202611231234ABCD"}})
	}
	switch {
	case !ok || t == Expired || t == Lapsed:
		return answer(http.StatusUnauthorized, "access_token_invalid", map[string]any{})
	case t == OutOfQuota:
		return answer(http.StatusTooManyRequests, "rate_limit_exceeded", map[string]any{})
	case t == NoScope:
		return answer(http.StatusUnauthorized, "scope_not_authorized", map[string]any{})
	case a.path == "/v2/user/info/":
		return answer(http.StatusOK, "ok", map[string]any{"user": map[string]any{"open_id": "723f24d7-" + handle, "username": handle, "follower_count": 151_000}})
	case a.path != "/v2/video/query/":
		return answer(http.StatusNotFound, "invalid_params", map[string]any{})
	}
	var in struct {
		Filters struct {
			IDs []string `json:"video_ids"`
		} `json:"filters"`
	}
	if json.Unmarshal(a.body, &in) != nil || len(in.Filters.IDs) > 20 {
		return answer(http.StatusBadRequest, "invalid_params", map[string]any{})
	}
	videos := []any{}
	for _, id := range in.Filters.IDs {
		n, err := strconv.ParseInt(id, 10, 64)
		if err != nil || t == Removed || t == Delayed {
			continue
		}
		content := s.known(TikTok, id, time.Unix(n>>32, 0))
		for _, p := range s.of(TikTok, handle) {
			if p.ID == id {
				content = p
			}
		}
		c := s.countsOf(content)
		v := map[string]any{"id": id, "create_time": n >> 32, "view_count": c.views, "comment_count": c.comments, "share_url": "https://www.tiktok.com/@" + handle + "/video/" + id}
		if t != HiddenLikes {
			v["like_count"] = c.likes
		}
		if t != LacksMetric {
			v["share_count"] = c.shares
		}
		videos = append(videos, v)
	}
	return answer(http.StatusOK, "ok", map[string]any{"videos": videos, "cursor": 0, "has_more": false})
}

// renewTikTok trades a refresh token for the next pair, once.
func (s *Social) renewTikTok(a ask) reply {
	refresh := a.form.Get("refresh_token")
	handle, t, ok := s.reader(refresh)
	if !ok || t == Lapsed || s.spent[refresh] || a.form.Get("grant_type") != "refresh_token" || a.form.Get("client_key") == "" {
		return doc(http.StatusBadRequest, map[string]any{"error": "invalid_grant", "error_description": "Refresh token is invalid or expired.", "log_id": "202611231234ABCD"})
	}
	s.spent[refresh] = true
	next := "sandbox~" + handle + "~~" + strconv.Itoa(s.calls)
	return doc(http.StatusOK, map[string]any{"open_id": "723f24d7-" + handle, "scope": "user.info.basic,video.list", "access_token": next, "expires_in": 7200,
		"refresh_token": next + "r", "refresh_expires_in": 15552000, "token_type": "Bearer"})
}
