// Package pptx writes Office Open XML presentations that stay editable: native text,
// tables and charts, each chart with its workbook inside.
//
// Words. A Deck is a presentation being written: Slides of one size, 960 × 540 points,
// each on a Layout. The Theme is its colours, typeface and logo; a Color is a place in
// the theme or a fixed RRGGBB. A Box is where something stands, in points from the top
// left.
//
// Laws. The same input gives the same bytes. Every relationship names a part that is
// there, every part has a content type, every id is its own. Figures of a chart are
// whole numbers with a count of digits, never fractions. Text is text: what XML cannot
// hold is left out, nothing is run or fetched.
//
// paper and the rooms above it may import pptx. It imports paper/xlsx and nothing else
// of Kolega.
package pptx
