// Package secret seals what must not be read at rest and makes what must not be guessed.
//
// Words. A Box seals text with AES-256-GCM under a key named by an id, bound to what
// the text belongs to. A token is a random secret for a link, kept only as its hash. A
// code is six digits for a second step. Hidden is text that never prints itself.
//
// Laws. Keys live in one file of mode 0600 outside the database, so that a stolen
// backup holds no plain bank number. Old keys stay to open what they sealed. Passwords
// are hashed with argon2id, a few at a time, so that sign-ins cannot exhaust memory.
//
// Every room may import secret. It imports fault and nothing else of Kolega.
package secret
