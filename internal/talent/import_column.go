package talent

import (
	"strings"
	"unicode"

	"kolega/internal/locale"
)

// Field is what a column of an imported table means.
type Field string

// The fields. FieldNone is a column that is not taken in.
const (
	FieldNone        Field = ""
	FieldName        Field = "name"
	FieldHandle      Field = "handle" // or a profile link
	FieldPlatform    Field = "platform"
	FieldPlatformID  Field = "platform_id"
	FieldFollowers   Field = "followers"
	FieldER          Field = "er"
	FieldViews       Field = "avg_views"
	FieldLikes       Field = "avg_likes"
	FieldComments    Field = "avg_comments"
	FieldShares      Field = "avg_shares"
	FieldEngagements Field = "avg_engagements"
	FieldAudience    Field = "audience_country"
	FieldCountry     Field = "country"
	FieldCity        Field = "city"
	FieldCategory    Field = "category"
	FieldTag         Field = "tag"
	FieldLanguage    Field = "language"
	FieldPhone       Field = "phone"
	FieldEmail       Field = "email"
	FieldManager     Field = "manager"
	FieldBio         Field = "bio"
	FieldNote        Field = "note"
	FieldPrice       Field = "price" // with Format
	FieldCurrency    Field = "currency"
	FieldKind        Field = "kind"
	FieldFiguresOn   Field = "figures_on"
)

// Fields lists them in the order of the mapping's menu.
func Fields() []Field {
	return []Field{FieldName, FieldHandle, FieldPlatform, FieldPlatformID, FieldFollowers, FieldER, FieldViews, FieldLikes, FieldComments, FieldShares,
		FieldEngagements, FieldAudience, FieldCountry, FieldCity, FieldCategory, FieldTag, FieldLanguage, FieldPhone, FieldEmail, FieldManager, FieldBio,
		FieldNote, FieldPrice, FieldCurrency, FieldKind, FieldFiguresOn}
}

// Column is how one column is read.
type Column struct {
	Header   string
	Field    Field
	Platform Platform // "" the row's own
	Format   Format   // of a price
	Share    bool     // of a rate: numbers up to 1 are shares, 0.05 is 5 %
	Why      string   // key of the reason why a recognised column is not taken: "twin", "post"
}

// several says whether more than one column may feed the field.
func (f Field) several() bool {
	switch f {
	case FieldCategory, FieldTag, FieldLanguage, FieldNote, FieldBio:
		return true
	}
	return false
}

// phrases are the words that name a field in a header, in English and Indonesian.
// The longest phrase that stands in the header wins; of equal ones the first.
var phrases = []struct {
	field Field
	texts []string
}{
	{FieldPlatformID, []string{"channel id", "account id", "platform id", "user id"}},
	{FieldHandle, []string{"handle", "username", "user name", "nama pengguna", "nama akun", "akun", "account", "account name", "profile url", "profile link", "link profile", "link profil", "link akun", "profil", "url akun", "id akun", "link", "tautan", "url", "channel url", "usn"}},
	{FieldName, []string{"name", "nama", "nama talent", "nama kol", "nama lengkap", "full name", "talent", "talent name", "kol", "kol name", "influencer", "influencer name", "creator", "kreator", "nama kreator", "channel title", "channel name", "nama channel", "display name"}},
	{FieldPlatform, []string{"platform", "sosmed", "media sosial", "social media", "channel"}},
	{FieldFollowers, []string{"followers", "follower", "jumlah followers", "jumlah follower", "followers count", "follower count", "pengikut", "jumlah pengikut", "subscribers", "subscriber", "subs", "total followers"}},
	{FieldER, []string{"er", "engagement rate", "rasio interaksi", "tingkat interaksi", "er rate"}},
	{FieldViews, []string{"average views", "avg views", "views avg", "rata rata views", "rata rata tayangan", "views average", "avg view", "average view", "rerata views"}},
	{FieldLikes, []string{"average likes", "avg likes", "likes avg", "rata rata likes", "rata rata suka", "likes average", "rerata likes"}},
	{FieldComments, []string{"average comments", "avg comments", "comments avg", "rata rata komentar", "comments average", "rerata komentar"}},
	{FieldShares, []string{"average shares", "avg shares", "shares avg", "rata rata share", "shares average"}},
	{FieldEngagements, []string{"engagement average", "average engagement", "avg engagement", "engagement avg", "rata rata engagement", "rata rata interaksi"}},
	{FieldAudience, []string{"audience country", "negara audiens", "audience location", "audiens", "asal audiens"}},
	{FieldCountry, []string{"country", "negara"}},
	{FieldCity, []string{"city", "kota", "domisili", "lokasi", "location", "domicile", "kota domisili", "based in"}},
	{FieldCategory, []string{"category", "categories", "kategori", "niche", "genre", "konten"}},
	{FieldTag, []string{"tag", "tags", "persona"}},
	{FieldLanguage, []string{"language", "languages", "bahasa"}},
	{FieldPhone, []string{"phone", "phone number", "no hp", "no wa", "nomor hp", "nomor wa", "no telp", "no telepon", "telepon", "telp", "whatsapp", "wa", "nomor telepon", "nomor whatsapp", "hp", "mobile", "contact number", "nomor kontak", "no handphone", "handphone", "kontak", "contact"}},
	{FieldEmail, []string{"email", "e mail", "surel", "mail", "alamat email"}},
	{FieldManager, []string{"manager", "manajer", "management", "manajemen", "pic", "nama manajer", "nama pic", "pic name", "contact person", "nama kontak", "contact name"}},
	{FieldBio, []string{"bio", "about", "deskripsi", "description", "profile description"}},
	{FieldNote, []string{"note", "notes", "catatan", "keterangan", "remarks", "remark", "ket"}},
	{FieldPrice, []string{"price", "harga", "rate", "rate card", "ratecard", "fee", "tarif", "biaya", "cost", "budget", "harga rate card"}},
	{FieldCurrency, []string{"currency", "mata uang", "valuta"}},
	{FieldKind, []string{"kind", "jenis", "tipe", "type", "jenis akun"}},
	{FieldFiguresOn, []string{"figures on", "updated", "update terakhir", "tanggal data", "last update", "data date", "tanggal update", "per tanggal"}},
}

var platformWords = map[string]Platform{
	"instagram": Instagram, "ig": Instagram, "insta": Instagram, "instagrammer": Instagram, "igs": Instagram, "instastory": Instagram,
	"tiktok": TikTok, "tt": TikTok, "tiktoker": TikTok, "tiktokers": TikTok, "vt": TikTok,
	"youtube": YouTube, "yt": YouTube, "youtuber": YouTube, "twitter": X, "x": X,
	"facebook": Facebook, "fb": Facebook, "threads": Threads,
}

var formatWords = map[string]Format{
	"reels": FormatReels, "reel": FormatReels, "story": FormatStory, "stories": FormatStory, "igs": FormatStory, "instastory": FormatStory, "feed": FormatFeed, "feeds": FormatFeed,
	"photo": FormatFeed, "foto": FormatFeed, "video": FormatVideo, "vt": FormatVideo, "shorts": FormatShorts, "short": FormatShorts, "live": FormatLive,
	"thread": FormatThread, "tweet": FormatThread, "attendance": FormatAttend, "visit": FormatAttend, "hadir": FormatAttend, "kunjungan": FormatAttend,
	"package": FormatPackage, "paket": FormatPackage, "bundling": FormatPackage, "bundle": FormatPackage, "post": FormatPost, "posting": FormatPost, "postingan": FormatPost,
}

// postWords stand in the head of a table of single posts. Of such a table only who
// published is taken; a post's figures are not a talent's.
var postWords = []string{"video id", "media id", "post id", "permalink", "caption", "publish time", "published at", "impressions", "thumbnail link", "post url", "link post"}

// words cuts a header into folded words: "\nFollowers (Avg.)", "channelTitle" and
// "Category_1" become "followers avg", "channel title" and "category".
func words(header string) []string {
	var b strings.Builder
	var before rune
	for _, r := range header {
		if unicode.IsUpper(r) && unicode.IsLower(before) {
			b.WriteByte(' ')
		}
		if unicode.IsLetter(r) {
			b.WriteRune(r)
		} else {
			b.WriteByte(' ')
		}
		before = r
	}
	return strings.Fields(compound.Replace(locale.Fold(b.String())))
}

// compound joins names that are written with a capital inside.
var compound = strings.NewReplacer("tik tok", "tiktok", "you tube", "youtube", "whats app", "whatsapp")

// holds says whether the words stand in a row in the header.
func holds(header []string, phrase string) bool {
	want := strings.Fields(phrase)
	for i := 0; i+len(want) <= len(header); i++ {
		same := true
		for j := range want {
			same = same && header[i+j] == want[j]
		}
		if same {
			return true
		}
	}
	return false
}

// readHeader guesses one column from its header alone.
func readHeader(header string) Column {
	c := Column{Header: header}
	ws := words(header)
	var rest []string
	for _, w := range ws {
		if p := platformWords[w]; p != "" && c.Platform == "" {
			c.Platform = p
		}
		if f := formatWords[w]; f != "" && c.Format == "" {
			c.Format = f
		}
		if platformWords[w] == "" {
			rest = append(rest, w)
		}
	}
	longest := 0
	for _, p := range phrases {
		for _, text := range p.texts {
			if n := len(strings.Fields(text)); n > longest && holds(ws, text) {
				c.Field, longest = p.field, n
			}
		}
	}
	return settle(c, ws, rest)
}

// settle applies what a single phrase cannot say.
func settle(c Column, ws, rest []string) Column {
	switch {
	case c.Field == FieldCategory && holds(ws, "id"): // a number of a category
		c.Field = FieldNone
	case c.Field == FieldNone && c.Format != "" && c.Platform != "": // "IG Reels"
		c.Field = FieldPrice
	case c.Field == FieldNone && c.Platform != "" && len(rest) == 0: // "Instagram", "IG"
		c.Field = FieldHandle
	case c.Field == FieldName && c.Platform != "": // "Instagram name": the content decides
		c.Field = FieldHandle
	}
	if c.Field == FieldPrice && c.Format == "" {
		c.Format = FormatPost
	}
	if c.Field != FieldPrice {
		c.Format = ""
	}
	switch c.Field {
	case FieldHandle, FieldPlatformID, FieldFollowers, FieldER, FieldViews, FieldLikes, FieldComments, FieldShares, FieldEngagements, FieldAudience, FieldPrice, FieldFiguresOn:
	default:
		c.Platform = ""
	}
	return c
}
