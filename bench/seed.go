package main

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// The agency that is measured: the numbers of the workloads.
const (
	talents        = 10_000
	boards         = 200 // campaigns with works in every stage
	perBoard       = 50  // talents of a campaign
	perTalent      = 3   // deliverables of a talent
	sessionToken   = "bench-session-of-a-manager"
	staffToken     = "bench-token-of-a-manager"
	linkToken      = "bench-link-of-a-client-"
	day            = 24 * time.Hour
	deliverableLen = perBoard * perTalent
)

// seeder fills tables; columns that a row leaves out get the empty value of their
// type, so that the rows stay valid while the schema grows.
type seeder struct {
	tx     *sql.Tx
	tables map[string]*columns
	now    time.Time
}

type columns struct {
	names []string
	empty []any
	place map[string]int
	put   *sql.Stmt
}

type row map[string]any

func (s *seeder) columnsOf(table string) (*columns, error) {
	if c := s.tables[table]; c != nil {
		return c, nil
	}
	rows, err := s.tx.Query(`SELECT name, type, "notnull" FROM pragma_table_info(?)`, table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	c := &columns{place: map[string]int{}}
	for rows.Next() {
		var name, kind string
		var must bool
		if err := rows.Scan(&name, &kind, &must); err != nil {
			return nil, err
		}
		var empty any
		switch {
		case name == "version":
			empty = 1
		case must && kind == "TEXT":
			empty = ""
		case must:
			empty = 0
		}
		c.place[name] = len(c.names)
		c.names, c.empty = append(c.names, name), append(c.empty, empty)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	c.put, err = s.tx.Prepare("INSERT INTO " + table + " (" + strings.Join(c.names, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(c.names)-1) + ")")
	s.tables[table] = c
	return c, err
}

func (s *seeder) put(table string, r row) error {
	c, err := s.columnsOf(table)
	if err != nil {
		return err
	}
	values := append([]any(nil), c.empty...)
	for name, v := range r {
		i, known := c.place[name]
		if !known {
			return fmt.Errorf("table %s has no column %s", table, name)
		}
		if t, isTime := v.(time.Time); isTime {
			v = t.UnixMicro()
		}
		values[i] = v
	}
	if _, err := c.put.Exec(values...); err != nil {
		return fmt.Errorf("fill %s: %w", table, err)
	}
	return nil
}

func id(kind string, n int) string { return fmt.Sprintf("%s%0*d", kind, 26-len(kind), n) }

func hashed(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// seed fills a migrated database: people, clients, talents, boards in every stage,
// and `writing` campaigns in which everything waits for the client.
func seed(path string, now time.Time, writing int) error {
	d, err := sql.Open(driver, dsn(path))
	if err != nil {
		return err
	}
	defer d.Close()
	tx, err := d.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() //nolint:errcheck // nothing after a commit
	s := &seeder{tx: tx, tables: map[string]*columns{}, now: now}
	if err := s.people(); err != nil {
		return err
	}
	for i := range talents {
		if err := s.talent(i); err != nil {
			return err
		}
	}
	for n := range boards + writing {
		if err := s.campaign(n, n >= boards); err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (s *seeder) people() error {
	for i, role := range []string{"manager", "ae", "specialist"} {
		if err := s.put("person", row{"id": id("per", i), "email": role + "@example.test", "name": "Orang " + role, "role": role, "lang": "id", "zone": "Asia/Jakarta", "theme": "auto", "made_at": s.now}); err != nil {
			return err
		}
	}
	if err := s.put("session", row{"hash": hashed(sessionToken), "id": id("ses", 0), "person_id": id("per", 0), "made_at": s.now, "seen_at": s.now.Add(time.Hour), "expires_at": s.now.Add(10 * day)}); err != nil {
		return err
	}
	if err := s.put("api_token", row{"hash": hashed(staffToken), "id": id("tok", 0), "person_id": id("per", 0), "name": "bench", "scopes": "*", "made_at": s.now}); err != nil {
		return err
	}
	for i := range 20 {
		if err := s.put("client", row{"id": id("cli", i), "name": fmt.Sprintf("Klien %d", i), "country": "ID", "zone": "Asia/Jakarta", "lang": "id", "payment_days": 30, "made_at": s.now, "fold": fmt.Sprintf("klien %d", i)}); err != nil {
			return err
		}
		if err := s.put("brand", row{"id": id("bra", i), "client_id": id("cli", i), "name": fmt.Sprintf("Merek %d", i), "rivals": "null", "fold": fmt.Sprintf("merek %d", i)}); err != nil {
			return err
		}
		if err := s.put("contact", row{"id": id("con", i), "client_id": id("cli", i), "name": fmt.Sprintf("Ibu Klien %d", i), "lang": "id", "zone": "Asia/Jakarta", "fold": fmt.Sprintf("ibu klien %d", i)}); err != nil {
			return err
		}
	}
	return nil
}

func (s *seeder) talent(i int) error {
	name := fmt.Sprintf("Talent Nomor %d", i)
	if err := s.put("talent", row{"id": id("tal", i), "name": name, "name_key": strings.ToLower(name), "kind": "creator", "country": "ID", "city": "Jakarta", "zone": "Asia/Jakarta", "lang": "id",
		"languages": "[]", "currency": "IDR", "tax_kind": "individual", "status": "free", "tags": "[]", "categories": `["beauty"]`, "made_at": s.now, "changed_at": s.now, "seq": i + 1}); err != nil {
		return err
	}
	return s.put("talent_account", row{"id": id("acc", i), "talent_id": id("tal", i), "platform": "tiktok", "handle": fmt.Sprintf("talent%d", i), "account_key": fmt.Sprintf("talent%d", i),
		"followers": 1000 + i*37, "er_bp": 100 + i%900, "er_base": "followers", "er_on": "2026-11-01", "followers_on": "2026-11-01", "made_at": s.now, "changed_at": s.now})
}

const pieces = `[{"Platform":"tiktok","Format":"video","Count":1},{"Platform":"instagram","Format":"story","Count":2}]`

func (s *seeder) campaign(n int, writing bool) error {
	c, k := id("cam", n), n%20
	start := s.now.Add(-20 * day)
	decider := id("con", k)
	if err := s.put("campaign", row{"id": c, "client_id": id("cli", k), "brand_id": id("bra", k), "name": fmt.Sprintf("Peluncuran %d", n), "market": "ID", "playbook": "exclusive-launch", "currency": "IDR",
		"start_on": start.Format(time.DateOnly), "end_on": s.now.Add(20 * day).Format(time.DateOnly), "ae_id": id("per", 1), "specialist_id": id("per", 2), "decider_id": decider,
		"objective": "{}", "er_formula": "followers", "er_actions": `["likes","comments"]`, "started_at": start, "kicked_off_at": start,
		"terms": `{"RevisionLimit":2,"ReviewHours":16,"Guarantee":{"Formula":"followers","Actions":["likes"],"TargetBp":480,"Scope":"talent","RefundBase":"line","ShareBp":1000}}`, "fold": fmt.Sprintf("peluncuran %d", n)}); err != nil {
		return err
	}
	if err := s.put("brief", row{"campaign_id": c, "number": 1, "lang": "id", "points": "[]", "questions": "[]", "created_at": start, "shared_at": start, "accepted_at": start, "frozen_at": start}); err != nil {
		return err
	}
	if err := s.put("room_link", row{"hash": hashed(fmt.Sprint(linkToken, n)), "id": id("lin", n), "party": "client", "campaign_id": c, "client_id": id("cli", k), "contact_id": decider,
		"name": fmt.Sprintf("Ibu Klien %d", k), "lang": "id", "zone": "Asia/Jakarta", "made_at": start, "made_by": id("per", 1), "expires_at": s.now.Add(30 * day), "opened_at": s.now.Add(day)}); err != nil {
		return err
	}
	if err := s.put("audit", row{"seq": n + 1, "at": start, "who_kind": "staff", "who_name": "seed", "via": "web", "verb": "campaign.start", "subject": "campaign", "subject_id": c, "campaign_id": c}); err != nil {
		return err
	}
	for i := range perBoard {
		if err := s.slot(n, i, c, id("cli", k), writing); err != nil {
			return err
		}
	}
	return nil
}

func (s *seeder) slot(n, i int, c, client string, writing bool) error {
	at, t := n*perBoard+i, (n*perBoard+i)%talents
	slot, booking := id("slo", at), id("boo", at)
	due := s.now.Add(time.Duration(i-10) * 7 * time.Hour)
	money := row{}
	for _, k := range []string{"fee", "home", "price", "asked"} {
		money[k+"_minor"], money[k+"_currency"] = 5_000_000+at, "IDR"
	}
	with := func(r row, keys ...string) row {
		for _, k := range keys {
			r[k+"_minor"], r[k+"_currency"] = money[k+"_minor"], "IDR"
		}
		return r
	}
	who := row{"campaign_id": c, "client_id": client, "slot_id": slot, "talent_id": id("tal", t), "account_id": id("acc", t)}
	and := func(r row) row {
		for k, v := range who {
			r[k] = v
		}
		return r
	}
	rows := []struct {
		table string
		row   row
	}{
		{"slot", row{"id": slot, "campaign_id": c, "number": i + 1, "name": "TikTok", "deliverables": pieces, "budget_minor": 6_000_000, "budget_currency": "IDR", "price_minor": 8_000_000, "price_currency": "IDR",
			"draft_on": due.Format(time.DateOnly), "post_on": due.Add(5 * day).Format(time.DateOnly), "conditions": "{}"}},
		{"candidate", with(and(row{"id": id("can", at), "cost_minor": 5_000_000, "cost_currency": "IDR", "rank": 1, "rate": "1", "added_at": s.now, "shown_at": s.now}), "home", "price")},
		{"offer", with(and(row{"id": id("off", at), "candidate_id": id("can", at), "pieces": pieces, "rights": "{}", "dates": "[]", "sent_at": s.now, "expires_at": s.now.Add(day), "committed_at": s.now, "booking_id": booking, "closed_at": s.now}), "fee", "home", "price", "asked")},
		{"booking", with(and(row{"id": booking, "offer_id": id("off", at), "candidate_id": id("can", at), "pieces": pieces, "rights": "{}", "draft_due_at": due, "draft_due_zone": "Asia/Jakarta", "turn_due_zone": "Asia/Jakarta",
			"post_due_at": due.Add(5 * day), "post_due_zone": "Asia/Jakarta", "post_on": due.Add(5 * day).Format(time.DateOnly), "committed_at": s.now.Add(-9 * day)}), "fee", "home", "price")},
	}
	for _, r := range rows {
		if err := s.put(r.table, r.row); err != nil {
			return err
		}
	}
	for p := range perTalent {
		if err := s.deliverable(at*perTalent+p, p, (i+p)%5, booking, who, due, writing); err != nil {
			return err
		}
	}
	return nil
}

// Stages of a deliverable, by turns.
const (
	awaited = iota
	uploaded
	withClient
	approved
	sentBack
)

func (s *seeder) deliverable(n, p, stage int, booking string, who row, due time.Time, writing bool) error {
	if writing {
		stage = withClient
	}
	did, draft := id("del", n), id("dra", n)
	platform, format := "instagram", "story"
	if p == 0 {
		platform, format = "tiktok", "video"
	}
	d := row{"id": did, "booking_id": booking, "campaign_id": who["campaign_id"], "client_id": who["client_id"], "talent_id": who["talent_id"], "number": p + 1, "platform": platform, "format": format,
		"draft_due_at": due, "draft_due_zone": "Asia/Jakarta", "post_due_at": due.Add(5 * day), "post_due_zone": "Asia/Jakarta", "round_limit": 2, "window_hours": 16, "made_at": s.now.Add(-9 * day)}
	v := row{"id": draft, "deliverable_id": did, "campaign_id": who["campaign_id"], "major": 1, "sha256": hashed(draft), "size": 1 << 20, "media_type": "video/mp4", "file_name": "draf.mp4",
		"brief_version": 1, "agreed_brief": 1, "source": "talent", "uploaded_at": s.now.Add(-2 * day), "uploaded_by_id": who["talent_id"], "uploaded_by": "Talent"}
	switch stage {
	case withClient:
		d["with_client_id"], v["shown_at"], v["shown_by"], v["checked_at"], v["review_due_at"] = draft, s.now.Add(-day), "AE", s.now.Add(-day), s.now.Add(day)
	case approved:
		d["approved_id"], v["shown_at"], v["checked_at"] = draft, s.now.Add(-day), s.now.Add(-day)
	case sentBack:
		v["returned_at"] = s.now.Add(-day)
	}
	if err := s.put("deliverable", d); err != nil || stage == awaited {
		return err
	}
	if err := s.put("draft", v); err != nil || stage != approved {
		return err
	}
	return s.put("approval", row{"deliverable_id": did, "draft_id": draft, "campaign_id": who["campaign_id"], "by_id": "x", "by_name": "Ibu", "via": "link", "at": s.now, "sha256": v["sha256"], "hash": "x"})
}
