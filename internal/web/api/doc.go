// Package api is the door for programs: /api/v1 in JSON, described by
// /api/openapi.json. It calls the same use cases as the screens.
//
// People act with their own tokens and scopes; a client or a talent acts with
// the secret of their room link. One file a resource. Wire types live here: the
// types of the slices carry no JSON. Money is {"minor", "currency"}, instants are
// RFC 3339 in UTC, dates YYYY-MM-DD, lists {"items", "next"}.
package api
