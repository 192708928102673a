// Package testkit is for tests only: a fresh database of each kind, a fixed
// clock, a house with people in it. Nothing in the program imports it.
package testkit
