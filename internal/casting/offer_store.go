package casting

import (
	"context"
	"database/sql"
	"time"

	"kolega/internal/db"
	"kolega/internal/money"
)

const offerColumns = `o.id, o.campaign_id, o.client_id, o.slot_id, o.candidate_id, o.talent_id, o.account_id, o.fee_minor, o.fee_currency,
	o.home_minor, o.home_currency, o.price_minor, o.price_currency, o.asked_minor, o.asked_currency, o.pieces, o.rights, o.net, o.dates, o.note, o.talent_note,
	o.reserve, o.sent_at, o.sent_by, o.expires_at, o.countered_at, o.declined_at, o.ineligible, o.withdrawn_at, o.lapsed_at, o.committed_at, o.booking_id, o.version`

func scanOffer(r scanner) (o Offer, err error) {
	err = r.Scan(&o.ID, &o.CampaignID, &o.ClientID, &o.SlotID, &o.CandidateID, &o.TalentID, &o.AccountID, &o.Fee.Minor, &o.Fee.Currency,
		&o.FeeHome.Minor, &o.FeeHome.Currency, &o.Price.Minor, &o.Price.Currency, &o.Asked.Minor, &o.Asked.Currency, document(&o.Pieces), document(&o.Rights),
		&o.Net, document(&o.Dates), &o.Note, &o.TalentNote, &o.Reserve, instant(&o.SentAt), &o.SentBy, instant(&o.ExpiresAt), instant(&o.CounteredAt),
		instant(&o.DeclinedAt), &o.Ineligible, instant(&o.WithdrawnAt), instant(&o.LapsedAt), instant(&o.CommittedAt), &o.BookingID, &o.Version)
	return o, err
}

// LoadOffer gives one offer. Fault: not-found.
func LoadOffer(ctx context.Context, tx *db.Tx, id string) (Offer, error) {
	o, err := scanOffer(tx.QueryRow(ctx, `SELECT `+offerColumns+` FROM offer o WHERE o.id = $1`, id))
	return o, db.One(err)
}

// ListOffers gives all offers of a campaign, oldest first.
func ListOffers(ctx context.Context, tx *db.Tx, campaignID string) ([]Offer, error) {
	return offersWhere(ctx, tx, `o.campaign_id = $1`, campaignID)
}

func offersWhere(ctx context.Context, tx *db.Tx, where string, args ...any) ([]Offer, error) {
	rows, err := tx.Query(ctx, `SELECT `+offerColumns+` FROM offer o WHERE `+where+` ORDER BY o.sent_at, o.id`, args...)
	return db.Collect(rows, err, func(r *sql.Rows) (Offer, error) { return scanOffer(r) })
}

// insertOffer keeps a new offer, unless another one holds its slot or its talent.
func insertOffer(ctx context.Context, tx *db.Tx, o Offer) (bool, error) {
	n, err := tx.Exec(ctx, `INSERT INTO offer (id, campaign_id, client_id, slot_id, candidate_id, talent_id, account_id, fee_minor, fee_currency,
			home_minor, home_currency, price_minor, price_currency, asked_minor, asked_currency, pieces, rights, net, dates, note, talent_note,
			reserve, sent_at, sent_by, expires_at, ineligible, booking_id, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, '', $14, $15, $16, $17, $18, '', $19, $20, $21, $22, FALSE, '', 1) ON CONFLICT DO NOTHING`,
		o.ID, o.CampaignID, o.ClientID, o.SlotID, o.CandidateID, o.TalentID, o.AccountID, o.Fee.Minor, string(o.Fee.Currency),
		o.FeeHome.Minor, string(o.FeeHome.Currency), o.Price.Minor, string(o.Price.Currency), db.JSON[[]Piece]{V: o.Pieces}, db.JSON[Rights]{V: o.Rights},
		o.Net, db.JSON[[]Date]{V: o.Dates}, o.Note, o.Reserve, db.At(o.SentAt), o.SentBy, db.At(o.ExpiresAt))
	return n == 1, err
}

// saveOffer keeps an offer's facts. closed lets go of the slot and the talent.
func saveOffer(ctx context.Context, tx *db.Tx, o Offer, closed bool) error {
	var at time.Time
	if closed {
		at = tx.Now()
	}
	return db.Changed(tx.Exec(ctx, `UPDATE offer SET fee_minor = $3, fee_currency = $4, home_minor = $5, home_currency = $6, asked_minor = $7, asked_currency = $8,
			dates = $9, talent_note = $10, countered_at = $11, declined_at = $12, ineligible = $13, withdrawn_at = $14, lapsed_at = $15,
			committed_at = $16, booking_id = $17, closed_at = $18, version = version + 1 WHERE id = $1 AND version = $2`,
		o.ID, o.Version, o.Fee.Minor, string(o.Fee.Currency), o.FeeHome.Minor, string(o.FeeHome.Currency), o.Asked.Minor, string(o.Asked.Currency),
		db.JSON[[]Date]{V: o.Dates}, o.TalentNote, db.At(o.CounteredAt), db.At(o.DeclinedAt), o.Ineligible, db.At(o.WithdrawnAt), db.At(o.LapsedAt),
		db.At(o.CommittedAt), o.BookingID, db.At(at)))
}

// closeOffer lets go of the slot and the talent of a committed offer whose booking was dropped.
func closeOffer(ctx context.Context, tx *db.Tx, id string) error {
	_, err := tx.Exec(ctx, `UPDATE offer SET closed_at = $2, version = version + 1 WHERE id = $1 AND closed_at IS NULL`, id, db.At(tx.Now()))
	return err
}

// Move is one line of a negotiation. Append-only.
type Move struct {
	OfferID     string
	At          time.Time
	Party, Name string // "agency" or "talent", and who
	Verb        string // offered, countered, accepted, declined, withdrawn, expired, committed
	Fee         money.Amount
	FeeHome     money.Amount
	Dates       []Date
	Note        string
}

func insertMove(ctx context.Context, tx *db.Tx, m Move) error {
	_, err := tx.Exec(ctx, `INSERT INTO offer_move (id, offer_id, at, party, name, verb, fee_minor, fee_currency, home_minor, home_currency, dates, note)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`, tx.NewID(), m.OfferID, db.At(m.At), m.Party, m.Name, m.Verb,
		m.Fee.Minor, string(m.Fee.Currency), m.FeeHome.Minor, string(m.FeeHome.Currency), db.JSON[[]Date]{V: m.Dates}, m.Note)
	return err
}

// ListMoves gives the negotiations of a campaign by offer, each in order.
func ListMoves(ctx context.Context, tx *db.Tx, campaignID string) (map[string][]Move, error) {
	rows, err := tx.Query(ctx, `SELECT m.offer_id, m.at, m.party, m.name, m.verb, m.fee_minor, m.fee_currency, m.home_minor, m.home_currency, m.dates, m.note
		FROM offer_move m JOIN offer o ON o.id = m.offer_id WHERE o.campaign_id = $1 ORDER BY m.at, m.id`, campaignID)
	list, err := db.Collect(rows, err, func(r *sql.Rows) (m Move, err error) {
		err = r.Scan(&m.OfferID, instant(&m.At), &m.Party, &m.Name, &m.Verb, &m.Fee.Minor, &m.Fee.Currency, &m.FeeHome.Minor, &m.FeeHome.Currency, document(&m.Dates), &m.Note)
		return m, err
	})
	out := map[string][]Move{}
	for _, m := range list {
		out[m.OfferID] = append(out[m.OfferID], m)
	}
	return out, err
}
