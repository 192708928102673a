package chat

import "kolega/internal/privacy"

// Personal is what chats keep about a talent or a client's contact: whoever is erased is
// blotted out of every line.
var Personal = privacy.Part{Tables: []privacy.Table{
	{Name: "chat_line", Whose: privacy.Anybody, Blot: []string{"sender", "text"}},
	{Name: "chat", Whose: privacy.Anybody, Blot: []string{"title"}},
}}
