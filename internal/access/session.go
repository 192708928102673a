package access

import "time"

// Session is one sign-in of a person, as the list of sessions shows it.
type Session struct {
	ID        string
	PersonID  string
	MadeAt    time.Time
	SeenAt    time.Time
	ExpiresAt time.Time
	Agent     string
	Address   string
}

// Token is a program's key to the API in a person's name.
type Token struct {
	ID        string
	PersonID  string
	Name      string
	Scopes    []string
	MadeAt    time.Time
	ExpiresAt time.Time
	RevokedAt time.Time
}

type invitation struct {
	hash, id, email string
	role            Role
	by              string
	until           time.Time
}
