// Package e2e plays the agency in a real browser: the Go test starts the built
// program with its demo and lets Node's own test runner drive Chromium.
package e2e
