// Package gallery shows every part of package ui on sample pages, for people and for tests: a campaign board, all
// parts, a client's and a talent's link, sign-in. Names and figures are invented.
//
// Laws: only tests import it, so it is not in the product. KOLEGA_GALLERY=127.0.0.1:8099 go test -run Serve serves it.
package gallery
