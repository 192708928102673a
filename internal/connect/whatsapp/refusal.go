package whatsapp

import (
	"net/http"
	"time"

	"kolega/internal/connect"
	"kolega/internal/message"
)

type wireError struct {
	Code    int    `json:"code"`
	Title   string `json:"title"`
	Message string `json:"message"`
	Data    struct {
		Details string `json:"details"`
	} `json:"error_data"`
}

func (e wireError) words() string {
	if e.Data.Details != "" {
		return e.Data.Details
	}
	return e.Message
}

// refusal judges an answer that is no success, by its code alone.
func refusal(got connect.Answer) message.Answer {
	var out struct {
		Error wireError `json:"error"`
	}
	if err := connect.Decode(got.Body, &out); err != nil || out.Error.Code == 0 && out.Error.Message == "" {
		switch {
		case got.Status == http.StatusTooManyRequests:
			return message.Answer{Verdict: message.Busy, Reason: "speed", Wait: got.Wait}
		case got.Status == http.StatusUnauthorized || got.Status == http.StatusForbidden:
			return message.Answer{Verdict: message.Shut, Reason: "token"}
		case got.Status >= 500:
			return message.Answer{Verdict: message.Unsure, Reason: "garbled"}
		}
		return message.Answer{Verdict: message.Refused, Reason: "garbled"}
	}
	a := judge(out.Error.Code)
	a.Detail = out.Error.words()
	if got.Wait > a.Wait {
		a.Wait = got.Wait
	}
	return a
}

// judged says what each code asks for (facts of Meta's error table).
var judged = map[int]message.Answer{
	0: {Verdict: message.Shut, Reason: "token"}, 190: {Verdict: message.Shut, Reason: "token"},
	3: {Verdict: message.Shut, Reason: "permission"}, 10: {Verdict: message.Shut, Reason: "permission"}, 131005: {Verdict: message.Shut, Reason: "permission"},
	4: {Verdict: message.Busy, Reason: "speed", Wait: 5 * time.Minute}, 80007: {Verdict: message.Busy, Reason: "speed", Wait: 5 * time.Minute},
	130429: {Verdict: message.Busy, Reason: "speed", Wait: 5 * time.Second},
	131056: {Verdict: message.PutOff, Reason: "pair"},
	131048: {Verdict: message.Shut, Reason: "spam"}, 131064: {Verdict: message.Shut, Reason: "spam"},
	131049: {Verdict: message.PutOff, Reason: "cap", Wait: 24 * time.Hour},
	131050: {Verdict: message.OptedOut, Reason: "opted-out"},
	130472: {Verdict: message.Refused, Reason: "experiment"},
	131047: {Verdict: message.NoWindow, Reason: "window"},
	131026: {Verdict: message.BadAddress, Reason: "no-whatsapp"}, 131030: {Verdict: message.BadAddress, Reason: "no-whatsapp"}, 131021: {Verdict: message.BadAddress, Reason: "no-whatsapp"},
	131052: {Verdict: message.Refused, Reason: "media"}, 131053: {Verdict: message.Refused, Reason: "media"},
	131000: {Verdict: message.PutOff, Reason: "service"}, 131016: {Verdict: message.PutOff, Reason: "service"}, 1: {Verdict: message.PutOff, Reason: "service"}, 2: {Verdict: message.PutOff, Reason: "service"}, 135000: {Verdict: message.PutOff, Reason: "service"},
	131031: {Verdict: message.Shut, Reason: "locked"}, 368: {Verdict: message.Shut, Reason: "locked"}, 130497: {Verdict: message.Refused, Reason: "locked"},
	131042: {Verdict: message.Shut, Reason: "payment"},
	131037: {Verdict: message.PutOff, Reason: "service", Wait: time.Hour}, 131045: {Verdict: message.PutOff, Reason: "service", Wait: time.Hour}, 131057: {Verdict: message.PutOff, Reason: "service", Wait: time.Hour},
}

func judge(code int) message.Answer {
	if a, ok := judged[code]; ok {
		return a
	}
	switch {
	case code >= 200 && code <= 299:
		return message.Answer{Verdict: message.Shut, Reason: "permission"}
	case code >= 132000 && code <= 132999:
		return message.Answer{Verdict: message.Refused, Reason: "template"}
	}
	return message.Answer{Verdict: message.Refused, Reason: "invalid"}
}

// faultOf is an answer as a fault, for calls that a person or a job waits for.
func faultOf(a message.Answer) error {
	if a.Verdict == message.Refused {
		return message.ErrWARefused.With("detail", a.Detail)
	}
	return message.ErrNoChannel
}
