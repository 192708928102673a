package demo

import (
	"time"

	"kolega/internal/access"
	"kolega/internal/secret"
)

// Password opens every sign-in of a demo agency.
const Password = "kolega-demo-2026"

// tokenFor is how long the demo's keys to the API live.
const tokenFor = 365 * 24 * time.Hour

// member is one of the agency's people, named in scripts by key.
type member struct {
	key, name, email, lang string
	role                   access.Role
}

// members are the agency's people, the manager first. Lists of sign-ins follow
// this order; the second specialist and account executive are there so that the
// two keys of a draft and the two looks at an insight have two people.
var members = []member{
	{"maya", "Maya Hapsari", "maya@kolega.example", "id", access.Manager},
	{"dewa", "Dewangga Putra", "dewa@kolega.example", "id", access.SeniorAE},
	{"rani", "Rani Kusuma", "rani@kolega.example", "id", access.AE},
	{"nisa", "Nisa Fauziah", "nisa@kolega.example", "id", access.Trainee},
	{"bagas", "Bagas Pranoto", "bagas@kolega.example", "id", access.Specialist},
	{"oscar", "Oscar Lim", "oscar@kolega.example", "en", access.Designer},
	{"hesti", "Hesti Rahayu", "hesti@kolega.example", "id", access.Finance},
	{"tia", "Tia Anggraini", "tia@kolega.example", "en", access.Specialist},
	{"vera", "Vera Gunawan", "vera@kolega.example", "id", access.Finance},
}

// moveIn sets the house up: the agency, its people, and a key to the API for each.
func (p *play) moveIn() error {
	hash, err := secret.HashPassword(p.ctx, Password)
	if err != nil {
		return err
	}
	boss := access.Actor{}
	for i, m := range members {
		n := access.NewPerson{Email: m.email, Name: m.name, Hash: hash, Lang: m.lang, Zone: "Asia/Jakarta"}
		var who access.Person
		if i == 0 {
			who, err = p.Access.SetUp(p.ctx, n)
			boss = who.Actor("web")
		} else {
			who, err = p.join(boss, m, n)
		}
		if err != nil {
			return err
		}
		p.staff[m.key] = who.Actor("web")
		token, _, err := p.Access.NewToken(p.ctx, p.staff[m.key], "demo", []string{"*"}, p.now.Add(tokenFor))
		if err != nil {
			return err
		}
		p.people = append(p.people, Login{Role: m.role, Name: m.name, Email: m.email, Password: Password, Token: token})
	}
	return p.openAgency(boss)
}

func (p *play) join(boss access.Actor, m member, n access.NewPerson) (access.Person, error) {
	invitation, err := p.Access.Invite(p.ctx, boss, m.email, m.role)
	if err != nil {
		return access.Person{}, err
	}
	return p.Access.Join(p.ctx, invitation, n)
}

// openAgency says what the house prints on its papers. Its Demo mark tells that
// nothing in the folder is real.
func (p *play) openAgency(boss access.Actor) error {
	a, err := p.Access.Agency(p.ctx)
	if err != nil {
		return err
	}
	a.Name, a.LegalName = "Kolega Komunika", "PT Kolega Komunika Nusantara"
	a.Address, a.TaxID, a.PKP = "Jl. Wijaya II No. 00, Kebayoran Baru, Jakarta Selatan 12160", "0000000000000000", true
	a.Email, a.Phone = "halo@kolega.example", "+622100000000"
	a.Zone, a.Country, a.Lang, a.Currency = "Asia/Jakarta", "ID", "id", "IDR"
	a.BankName, a.BankNo, a.BankOwner, a.Signer = "Bank Contoh, KCP Kuningan", "0000000000", "PT Kolega Komunika Nusantara", "Maya Hapsari"
	a.Demo = true
	return p.Access.SaveAgency(p.ctx, boss, a)
}
