package access

// CodeAsked says that somebody outside needs a step-up code: it is sent to the
// known phone or e-mail, or handed on by a person of the agency.
type CodeAsked struct {
	To, Name, Lang, Code string
	CampaignID           string
	LinkID               string
	Purpose              string
}

// Kind names the event.
func (CodeAsked) Kind() string { return "access.code-asked" }
