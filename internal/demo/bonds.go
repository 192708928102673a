package demo

import (
	"kolega/internal/talent"
)

// bind keeps what binds some talents and who watches them, for the pages that show
// it: our own exclusive contract, a brand's lock, a right that ends soon, a rival.
func (r *run) bind() {
	by := r.staff["bagas"]
	day := r.today
	for _, x := range []talent.Exclusivity{
		{TalentID: r.talents["beasantillan"].ID, Holder: talent.HolderAgency, From: day.AddDays(-320), To: day.AddDays(45), NoticeOn: day.AddDays(15), ShareBp: 2_000, Territory: []string{"PH", "ID"}},
		{TalentID: r.talents["dimasarka"].ID, Holder: talent.HolderOther, HolderName: "Agensi Contoh", From: day.AddDays(-200), To: day.AddDays(165), Territory: []string{"SG"}},
		{TalentID: r.talents["galihprs"].ID, Holder: talent.HolderClient, HolderName: "Kopi Contoh", From: day.AddDays(-20), To: day.AddDays(70), Categories: []string{"coffee"}},
	} {
		_, err := r.Talent.AddContract(r.ctx, by, x)
		r.note("contract of "+x.TalentID, err)
	}
	_, err := r.Talent.AddRight(r.ctx, by, talent.NewRight{Code: "contoh-spark-4471", Right: talent.UsageRight{TalentID: r.talents["beasantillan"].ID, HolderName: "Brand Contoh",
		Title: "Reel lip tint", Category: "fashion", Channels: []string{"ads", "social"}, Territory: []string{"PH"}, From: day.AddDays(-80), To: day.AddDays(10), Paid: true, CodeKind: talent.CodeSpark}})
	r.note("right", err)
	_, err = r.Talent.SeeRival(r.ctx, by, talent.RivalSeen{TalentID: r.talents["sekarwuland"].ID, Brand: "Kosmetik Contoh", SeenOn: r.today.AddDays(-since), Note: "Story, tanpa label iklan"})
	r.note("rival", err)
	r.note("consent", r.Talent.GiveConsent(r.ctx, by, r.talents["beasantillan"].ID, "WhatsApp: \"yes please, share my page\""))
	r.watchers("beasantillan")
}

// watchers types a media kit's audience for a talent's largest account.
func (r *run) watchers(handle string) {
	f, err := r.Talent.Show(r.ctx, r.staff["bagas"], r.talents[handle].ID)
	if r.note("talent "+handle, err); err != nil || len(f.Accounts) == 0 {
		return
	}
	for _, a := range []talent.SetAudience{
		{Kind: talent.AudienceCountry, Shares: "PH 81%\nUS 6%\nID 4%"}, {Kind: talent.AudienceAge, Shares: "13-17 9%\n18-24 52%\n25-34 29%"}, {Kind: talent.AudienceGender, Shares: "women 84%\nmen 16%"},
	} {
		a.TalentID, a.AccountID, a.On, a.Source = f.Talent.ID, f.Accounts[0].ID, talent.DayOf(r.DB.Now()), "media kit"
		r.note("audience of "+handle, r.Talent.SetAudience(r.ctx, r.staff["bagas"], a))
	}
}
