// Package rapport keeps clients warm with restraint (R15, A9, A10, A11): greetings on the
// days that a contact chose, a new talent that fits, the next conversation after a
// campaign, and what came of them a month later.
//
// Words. An occasion is a day of a country's list, named as the list names it. A choice
// is an occasion that a contact is greeted on; it is typed, never derived from anything.
// A greeting is one text for a contact, an occasion and a year. A prompt is one reason to
// speak with a client.
//
// Laws. At most one greeting for a contact, an occasion and a year. One task a day and
// occasion for the account executive, two days before. A complaint that is open for less
// than three days asks first. At most one new talent for a client in fourteen days, and
// none again that was dismissed. Whoever wants no messages gets none. Nothing goes
// without a person.
package rapport
