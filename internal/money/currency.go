package money

// Currency is an ISO 4217 code such as "IDR".
type Currency string

// The currencies Kolega is used with most.
const (
	CurrencyIDR Currency = "IDR"
	CurrencyPHP Currency = "PHP"
	CurrencyUSD Currency = "USD"
	CurrencySGD Currency = "SGD"
	CurrencyMYR Currency = "MYR"
	CurrencyEUR Currency = "EUR"
)

// trait is what the code of a currency stands for when written and read.
type trait struct {
	exponent int
	signs    []string // lower case, longest first; what may stand before or after a number
}

// traits lists the known currencies. IDR has two minor digits in ISO 4217 but is
// used with none, so it is stored with none.
var traits = map[Currency]trait{
	"IDR": {0, []string{"idr", "rp.", "rp"}},
	"PHP": {2, []string{"php", "₱", "p"}},
	"USD": {2, []string{"us$", "usd", "$"}},
	"SGD": {2, []string{"sgd", "s$", "$"}},
	"MYR": {2, []string{"myr", "rm"}},
	"EUR": {2, []string{"eur", "€"}},
	"THB": {2, []string{"thb", "฿"}},
	"AUD": {2, []string{"aud", "a$", "$"}},
	"GBP": {2, []string{"gbp", "£"}},
	"HKD": {2, []string{"hkd", "hk$", "$"}},
	"CNY": {2, []string{"cny", "¥"}},
	"JPY": {0, []string{"jpy", "¥"}},
	"KRW": {0, []string{"krw", "₩"}},
	"VND": {0, []string{"vnd", "₫"}},
	"TWD": {2, []string{"twd", "nt$", "$"}},
	"INR": {2, []string{"inr", "₹"}},
}

// Exponent is the number of minor digits: IDR 0, PHP 2. An unknown currency has 2,
// as most of ISO 4217; ask Known before accepting one from outside.
func (c Currency) Exponent() int {
	if t, ok := traits[c]; ok {
		return t.exponent
	}
	return 2
}

// Known says whether Kolega can read, write and count this currency.
func (c Currency) Known() bool {
	_, ok := traits[c]
	return ok
}
