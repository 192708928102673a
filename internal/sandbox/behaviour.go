package sandbox

import "strconv"

// Behaviour is one way in which a provider behaves.
type Behaviour int

// The behaviours. The number is what is typed.
const (
	Honest           Behaviour = 1
	AnswerLost       Behaviour = 2  // accepted, and the caller never hears
	AnswerError      Behaviour = 3  // accepted, and the answer is 500
	AnswerCut        Behaviour = 4  // accepted, and the connection breaks in the answer
	ResetBefore      Behaviour = 5  // nothing was read
	Refuse           Behaviour = 6  // 422 or 400
	WrongSecret      Behaviour = 7  // 401 or 403
	TooManyCalls     Behaviour = 8  // 429 with a time to wait
	Slow             Behaviour = 9  // accepted a minute later
	ThreeDays        Behaviour = 10 // on its way for three days
	Cancel           Behaviour = 11 // accepted, then it fails
	ComesBack        Behaviour = 12 // arrived, and back five days later
	UnseenAtFirst    Behaviour = 13 // asked within ten minutes, it is not there
	AskFails         Behaviour = 14 // answers lost, and asking fails for half an hour
	CallbackFirst    Behaviour = 15 // the callback is there before the answer
	NoCallback       Behaviour = 16
	FiveCallbacks    Behaviour = 17
	CallbackUnknown  Behaviour = 18 // of an id that nobody ordered
	CallbackDiffers  Behaviour = 19 // of another amount and account
	KeyOtherBody     Behaviour = 20 // the answer is lost, and a second call with the key is refused
	KeyForgotten     Behaviour = 21 // the answer is lost, asking fails until the key is forgotten
	NoBalance        Behaviour = 22
	OtherName        Behaviour = 23 // the inquiry names somebody else
	Garbage          Behaviour = 24 // accepted, and the answer is HTML, too large, broken text or too deep
	WrongCertificate Behaviour = 25
)

// Behaviours lists them all. The twenty-sixth of the list is the count of
// transfers, which always goes on.
func Behaviours() []Behaviour {
	var all []Behaviour
	for b := Honest; b <= WrongCertificate; b++ {
		all = append(all, b)
	}
	return all
}

// chosen reads a behaviour from the last four digits of an account.
func chosen(account string) Behaviour {
	if len(account) < 4 || account[len(account)-4:len(account)-2] != "77" {
		return Honest
	}
	n, err := strconv.Atoi(account[len(account)-2:])
	if err != nil || n < int(Honest) || n > int(WrongCertificate) {
		return Honest
	}
	return Behaviour(n)
}
