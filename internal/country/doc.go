// Package country keeps what the agency must know of a country to work with its
// people (A52): zones, working hours, the year's holidays, language, currency and
// rules of advertising.
//
// Every deadline and every count of working days asks it for the calendar of
// whoever owes (R8). Profiles and holidays are rows that the agency edits; nothing
// of them is compiled in. It stands above access and below client and talent, so
// that every slice which sets a date may ask.
package country
