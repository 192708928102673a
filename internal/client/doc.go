// Package client keeps whom the agency works for: companies that sign and pay,
// the brands they own, and the people who decide for them.
//
// A client is never known to another client (R20): nothing here is listed for a
// contact, each of whom sees the own company only. The zone, language and country
// of a client and of each contact say by whose clock a deadline counts (R8).
package client
