package main

import (
	"fmt"
	"math"
	"strings"
)

// The data of W1: a pure function of seed and row, so that row i is the same whatever
// the size, and the smaller tables are the beginnings of the larger.

// random is splitmix64, begun anew for every row.
type random uint64

const golden = 0x9E3779B97F4A7C15

func randomAt(seed, row uint64) *random {
	r := random(seed*golden ^ (row+1)*0xBF58476D1CE4E5B9)
	return &r
}

func (r *random) next() uint64 {
	*r += golden
	z := uint64(*r)
	z = (z ^ z>>30) * 0xBF58476D1CE4E5B9
	z = (z ^ z>>27) * 0x94D049BB133111EB
	return z ^ z>>31
}

func (r *random) unit() float64   { return float64(r.next()>>11) / (1 << 53) }
func (r *random) below(n int) int { return int(r.next() % uint64(n)) }
func (r *random) normal() float64 {
	return math.Sqrt(-2*math.Log(r.unit()+1e-300)) * math.Cos(2*math.Pi*r.unit())
}
func (r *random) of(w weights) int         { return w.at(r.unit() * w[len(w)-1]) }
func (r *random) word() string             { return vocabulary[r.below(len(vocabulary))] }
func (r *random) swing(by float64) float64 { return math.Exp(by * r.normal()) }

// weights are running sums.
type weights []float64

func sums(w ...float64) weights {
	for i := 1; i < len(w); i++ {
		w[i] += w[i-1]
	}
	return w
}

func zipf(n int, s float64) weights {
	w := make([]float64, n)
	for i := range w {
		w[i] = 1 / math.Pow(float64(i+1), s)
	}
	return sums(w...)
}

func (w weights) at(x float64) int {
	lo, hi := 0, len(w)-1
	for lo < hi {
		if m := (lo + hi) / 2; w[m] < x {
			lo = m + 1
		} else {
			hi = m
		}
	}
	return lo
}

func listed(s string) []string { return strings.Split(s, ",") }

var (
	countries  = listed("ID,PH,MY,SG,TH,VN")
	platforms  = listed("instagram,tiktok,youtube,facebook,x")
	tierNames  = listed("nano,micro,mid,macro,mega")
	categories = listed("beauty,fashion,food,lifestyle,parenting,travel,gaming,tech,fitness,music,comedy,education,finance,automotive,sports,home,pets,art,health,books")
	languages  = listed("id,jv,su,en,tl,ceb,ms,th,vi,zh")
	regions    = listed("Aceh,Sumatera Utara,Sumatera Barat,Riau,Kepulauan Riau,Jambi,Sumatera Selatan,Bangka Belitung,Bengkulu,Lampung,DKI Jakarta,Jawa Barat,Banten,Jawa Tengah,DI Yogyakarta,Jawa Timur,Bali,Nusa Tenggara Barat,Nusa Tenggara Timur,Kalimantan Barat,Kalimantan Tengah,Kalimantan Selatan,Kalimantan Timur,Kalimantan Utara,Sulawesi Utara,Gorontalo,Sulawesi Tengah,Sulawesi Barat,Sulawesi Selatan,Sulawesi Tenggara,Maluku,Maluku Utara,Papua,Papua Barat," +
		"NCR,CAR,Ilocos,Cagayan Valley,Central Luzon,Calabarzon,Mimaropa,Bicol,Western Visayas,Central Visayas,Eastern Visayas,Zamboanga,Northern Mindanao,Davao,Soccsksargen,Caraga,BARMM,MY,SG,TH,VN")

	ofCountry  = sums(75, 15, 4, 2, 2, 2)
	ofPlatform = sums(45, 35, 10, 6, 4)
	ofTier     = sums(62, 28, 7, 2, 1)
	ofProvince = sums(1, 4, 2, 2, 1, 1, 2, 0.5, 0.5, 2.5, 18, 17, 6, 11, 4, 14, 4, 1, 0.7, 1, 0.6, 1, 1, 0.3, 0.7, 0.3, 0.7, 0.3, 2.5, 0.6, 0.4, 0.3, 0.6, 0.3)
	ofIsland   = sums(24, 2, 3, 2, 11, 16, 2, 4, 7, 9, 2, 2, 4, 6, 3, 1.5, 1.5)
	ofCategory = zipf(20, 0.9)
	ofWord     = zipf(3000, 0.8)
	vocabulary = words()

	// of each tier: least and most followers, middle and spread of their logarithm
	tierShape = [5][4]float64{{1e3, 1e4, 8, 0.6}, {1e4, 1e5, 10.3, 0.6}, {1e5, 5e5, 12.2, 0.4}, {5e5, 1e6, 13.4, 0.2}, {1e6, 4e7, 14.4, 0.6}}
)

// words are 3,000 of six letters each, so that a search for a part and one for a word agree.
func words() []string {
	const c, v = "bdgjklmnprst", "aeiou"
	r, seen := randomAt(77, 0), map[string]bool{}
	var out []string
	for len(out) < 3000 {
		var b [6]byte
		for i := range b {
			if i%2 == 0 {
				b[i] = c[r.below(12)]
			} else {
				b[i] = v[r.below(5)]
			}
		}
		if s := string(b[:]); !seen[s] {
			seen[s], out = true, append(out, s)
		}
	}
	return out
}

// person is row i.
type person struct {
	no                                    int // from 1
	country, platform, region, lang, tier int
	cats                                  uint32
	followers, rate                       int64 // rate in thousands of rupiah
	er                                    int64 // basis points
	name, handle, phone, bio              string
	bioWords                              [12]uint16
}

func personAt(i int) (p person) {
	r := randomAt(1, uint64(i))
	p.no, p.country, p.platform = i+1, r.of(ofCountry), r.of(ofPlatform)
	switch p.country {
	case 0:
		p.region, p.lang = r.of(ofProvince), r.of(weights{80, 88, 92, 100})
	case 1:
		p.region = 34 + r.of(ofIsland)
		p.lang = []int{4, 3, 5}[r.of(weights{60, 85, 100})]
	default:
		p.region, p.lang = 49+p.country, []int{6, 3, 7, 8}[p.country-2]
	}
	p.tier = r.of(ofTier)
	shape := tierShape[p.tier]
	f := 0.0
	for k := 0; f < shape[0] || f >= shape[1]; k++ {
		if f = math.Exp(shape[2] + shape[3]*r.normal()); k > 50 {
			f = shape[0]
		}
	}
	p.followers = int64(f)
	p.er = int64(math.Max(5, math.Min(4000, 800*math.Pow(f/1000, -0.22)*r.swing(0.5))))
	p.rate = int64(math.Max(50, math.Min(4e6, math.Pow(f/1000, 0.8)*60*r.swing(0.4))))
	for n := 1 + r.of(weights{35, 70, 90, 100}); n > 0; n-- {
		p.cats |= 1 << r.of(ofCategory)
	}
	bio := make([]string, 12)
	for k := range bio {
		p.bioWords[k] = uint16(r.of(ofWord))
		bio[k] = vocabulary[p.bioWords[k]]
	}
	p.bio = strings.Join(bio, " ")
	p.name = capital(r.word()) + " " + capital(r.word())
	p.handle = fmt.Sprintf("%s.%d", r.word(), i)
	p.phone = fmt.Sprintf("+628%010d", r.next()%1e10)
	return p
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

// brief is a search of W1.
type brief struct {
	country, platform int
	cats              [3]int
	least, most       int64 // followers
	erLeast, erMost   int64
	budget            int64 // thousands of rupiah
	word              string
	wordNo            int // -1 none
}

func briefAt(i int) (q brief) {
	r := randomAt(2, uint64(i))
	q.country, q.platform = r.of(weights{80, 95, 100}), r.of(weights{50, 90, 100})
	a := r.of(ofCategory)
	b := (a + 1 + r.below(9)) % 20
	q.cats = [3]int{a, b, (a + 10 + r.below(9)) % 20}
	lo := []float64{2000, 8000, 50000, 300000}[r.of(weights{30, 70, 90, 100})] * (0.8 + 0.4*r.unit())
	q.least, q.most = int64(lo), int64(lo*8)
	q.erLeast = int64(50 + r.below(250))
	q.erMost = q.erLeast + 300 + int64(r.below(900))
	q.budget = int64(math.Pow(lo*2/1000, 0.8) * 80)
	if q.wordNo = -1; r.unit() < 0.6 {
		q.wordNo = r.below(300)
		q.word = vocabulary[q.wordNo]
	}
	return q
}

// engagements that the brief expects: of the middle of its ranges.
func (q brief) engagements() int64 {
	return (q.least + q.most) / 2 * ((q.erLeast + q.erMost) / 2) / 10_000
}

func (q brief) mask() uint32 { return 1<<q.cats[0] | 1<<q.cats[1] | 1<<q.cats[2] }
