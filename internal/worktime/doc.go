// Package worktime knows clocks, zones, calendar days and working hours (R8).
//
// Words. A Clock gives the instant. A Date is a calendar day without a zone. A
// Calendar is one person's working time: zone, hours a weekday, holidays. A
// Deadline is an instant with the zone of the person who owes and the words it
// was entered with.
//
// Laws. This is the only room that reads the system clock; everything else takes
// now as an argument. Zones are IANA names and the zone data is in the binary, so
// a server's own settings change nothing. Working time is elapsed time inside
// open spans, exact over changes of the clocks. Holidays are dated data.
//
// Every room may import worktime. It imports fault and nothing else of Kolega.
package worktime
