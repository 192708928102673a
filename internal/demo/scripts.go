package demo

// scripts are the campaigns of the demo, in the order of their brands in the
// agency's own timeline.
var scripts = []func(*run){(*run).wardah, (*run).grab, (*run).executive, (*run).xonce, (*run).disney, (*run).focallure, (*run).team, (*run).practise, (*run).pursue, (*run).decks, (*run).tend, (*run).warm, (*run).wording}
