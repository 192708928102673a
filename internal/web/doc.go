// Package web is the plumbing of the doors: what turns a request into an actor
// and a typed form, an error into one answer, a view into bytes; sessions,
// security headers, live changes, the table of routes.
//
// It knows HTTP and templ and nothing of the trade. Doors (web/desk, web/clientlink,
// web/talentlink, web/api, web/hook) stand above it.
package web
