package sandbox

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strconv"
	"strings"
)

// graphFault is an error of the Graph API.
func graphFault(status int, code, sub int64, message string) reply {
	return doc(status, map[string]any{"error": map[string]any{"message": message, "type": "OAuthException", "code": code, "error_subcode": sub, "is_transient": code < 3, "fbtrace_id": "A1b2C3"}})
}

var discovery = regexp.MustCompile(`business_discovery\.username\(([a-z0-9._]+)\)\{username,media\.limit\((\d+)\)(?:\.after\((\w+)\))?\{([^}]*)\}\}`)

// instagram answers as the Graph API does, for both kinds of tokens.
func (s *Social) instagram(a ask, handle string, t Mishap, ok bool) reply {
	path := strings.TrimPrefix(a.path, "/v25.0")
	switch {
	case !ok || t == Lapsed:
		return graphFault(http.StatusBadRequest, 190, 467, "Invalid OAuth access token")
	case t == Expired && path != "/refresh_access_token":
		return graphFault(http.StatusBadRequest, 190, 463, "Session has expired")
	case t == OutOfQuota:
		r := graphFault(http.StatusForbidden, 80002, 0, "There have been too many calls to this Instagram account.")
		r.header = map[string]string{"X-Business-Use-Case-Usage": `{"17841":[{"type":"instagram","call_count":100,"total_cputime":25,"total_time":25,"estimated_time_to_regain_access":19}]}`}
		return r
	case t == NoScope:
		return graphFault(http.StatusForbidden, 10, 0, "Application does not have permission for this action")
	}
	switch {
	case path == "/refresh_access_token":
		return doc(http.StatusOK, map[string]any{"access_token": "sandbox~" + handle + "~~" + strconv.Itoa(s.calls), "token_type": "bearer", "expires_in": 5183944})
	case path == "/me":
		return doc(http.StatusOK, map[string]any{"user_id": "17841405309211844", "username": handle})
	case path == "/me/accounts":
		return doc(http.StatusOK, map[string]any{"data": []any{map[string]any{"instagram_business_account": map[string]any{"id": "17841405309211844", "username": handle}, "id": "1"}}})
	case path == "/me/media", path == "/me/stories":
		return doc(http.StatusOK, s.mediaPage(handle, path == "/me/stories", 50, a.query.Get("after"), a.query.Get("fields"), t))
	case strings.HasSuffix(path, "/insights"):
		return s.graphInsights(handle, strings.TrimSuffix(strings.TrimPrefix(path, "/"), "/insights"), strings.Split(a.query.Get("metric"), ","), t)
	}
	m := discovery.FindStringSubmatch(a.query.Get("fields"))
	if m == nil {
		return graphFault(http.StatusBadRequest, 100, 0, "Tried accessing nonexisting field")
	}
	if len(s.of(Instagram, m[1])) == 0 {
		return graphFault(http.StatusBadRequest, 110, 2207013, "Cannot find User")
	}
	if t == LacksMetric && strings.Contains(m[4], "view_count") {
		return graphFault(http.StatusBadRequest, 100, 0, "Tried accessing nonexisting field (view_count)")
	}
	limit, err := strconv.Atoi(m[2])
	if err != nil {
		limit = 25
	}
	return doc(http.StatusOK, map[string]any{"id": "17841405309211844", "business_discovery": map[string]any{"username": m[1], "media": s.mediaPage(m[1], false, limit, m[3], m[4], t)}})
}

// mediaPage is one page of an account's posts; the cursor is the number of the first.
func (s *Social) mediaPage(handle string, stories bool, limit int, after, fields string, t Mishap) map[string]any {
	from, err := strconv.Atoi(strings.TrimPrefix(after, "Q"))
	if err != nil {
		from = 0
	}
	data := []any{}
	next := ""
	for i, c := range s.of(Instagram, handle) {
		if c.Story != stories || t == Removed || i < from {
			continue
		}
		if len(data) == limit {
			next = "Q" + strconv.Itoa(i)
			break
		}
		n := s.countsOf(c)
		m := map[string]any{"id": "m" + c.ID, "permalink": c.URL, "timestamp": c.At.UTC().Format("2006-01-02T15:04:05-0700"), "media_product_type": "REELS", "comments_count": n.comments}
		if t != HiddenLikes {
			m["like_count"] = n.likes
		}
		if strings.Contains(fields, "view_count") {
			m["view_count"] = n.views
		}
		data = append(data, m)
	}
	return map[string]any{"data": data, "paging": map[string]any{"cursors": map[string]any{"after": next}}}
}

// graphInsights are the counts of one post; one metric that is not had fails them all.
func (s *Social) graphInsights(handle, media string, metrics []string, t Mishap) reply {
	data := []any{}
	for _, c := range s.of(Instagram, handle) {
		if "m"+c.ID != media {
			continue
		}
		n := s.countsOf(c)
		values := map[string]int64{"views": n.views, "reach": n.reach, "likes": n.likes, "comments": n.comments, "saved": n.saves, "shares": n.shares, "replies": n.comments}
		for _, m := range metrics {
			v, had := values[m]
			if !had || t == LacksMetric && m == "saved" {
				return graphFault(http.StatusBadRequest, 100, 0, "(#100) metric "+m+" is not supported")
			}
			if t == Delayed {
				continue // empty data instead of zero
			}
			data = append(data, map[string]any{"name": m, "period": "lifetime", "values": []any{map[string]any{"value": json.Number(strconv.FormatInt(v, 10))}}, "id": media + "/insights/" + m + "/lifetime"})
		}
		return doc(http.StatusOK, map[string]any{"data": data})
	}
	return graphFault(http.StatusBadRequest, 100, 33, "Unsupported get request. Object with ID does not exist")
}
