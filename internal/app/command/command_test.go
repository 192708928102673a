package command

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

type common struct {
	Data  string `help:"Data folder." env:"K_DATA" type:"path" placeholder:"DIR"`
	Lang  string `help:"Language." default:"en" enum:"id,en" env:"K_LANG"`
	Quiet bool   `help:"Say less."`
}

type line struct {
	common

	Serve  serve  `cmd:"" help:"Answer in the browser."`
	Import taking `cmd:"" help:"Take data in."`
	Report report `cmd:"" help:"Write a report."`
}

type serve struct {
	Addr   string        `default:"127.0.0.1:8080"`
	Within time.Duration `default:"20s"`
	JSON   bool          `name:"json"`
}

type taking struct {
	Talents talents `cmd:"" help:"Talents from a file, as people have them, which may be longer than one line of a terminal."`
}

type talents struct {
	File string `arg:"" help:"The file." type:"existingfile"`
}

type report struct {
	Campaign string `arg:"" help:"Its id."`
	Output   string `short:"o" required:"" placeholder:"FILE" help:"File to write."`
	Version  int64  `help:"Which one was sent."`
}

func parse(t *testing.T, env map[string]string, args ...string) (line, any, string, error) {
	t.Helper()
	var l line
	var out strings.Builder
	p := Program{Name: "kolega", About: "Runs an agency.", Version: "1.2.3", Out: &out, Lookup: func(n string) (string, bool) { v, ok := env[n]; return v, ok }}
	chosen, err := p.Parse(&l, args)
	return l, chosen, out.String(), err
}

func TestParse_FillsWhatWasChosen(t *testing.T) {
	l, chosen, _, err := parse(t, map[string]string{"K_LANG": "id"}, "--data", "/x/../y", "serve", "--json", "--within=1m", "--quiet")
	if err != nil {
		t.Fatal(err)
	}
	s, ok := chosen.(*serve)
	if !ok || !s.JSON || s.Within != time.Minute || s.Addr != "127.0.0.1:8080" {
		t.Errorf("chosen is %#v", chosen)
	}
	if l.Data != "/y" || l.Lang != "id" || !l.Quiet {
		t.Errorf("common is %+v", l.common)
	}
}

func TestParse_FlagsStandAnywhereAndTheNearestHasTheName(t *testing.T) {
	l, _, _, err := parse(t, map[string]string{"K_LANG": "id"}, "report", "-o", "out.pdf", "spring", "--version", "3", "--lang", "en")
	if err != nil {
		t.Fatal(err)
	}
	if l.Report != (report{"spring", "out.pdf", 3}) || l.Lang != "en" {
		t.Errorf("got %+v", l)
	}
	if l, _, _, err = parse(t, nil, "report", "-o=o", "--", "-x"); err != nil || l.Report.Campaign != "-x" {
		t.Errorf("after -- a word is a word: %+v, %v", l.Report, err)
	}
}

func TestParse_SaysWhatToChange(t *testing.T) {
	for _, c := range []struct{ args, want string }{
		{"", "name a command: serve, import, report"},
		{"import", "name a command: talents"},
		{"sreve", `unknown command "sreve", did you mean "serve"?`},
		{"nothing", `unknown command "nothing"; there are: serve, import, report`},
		{"serve --jso", "unknown flag --jso, did you mean --json?"},
		{"serve --lnag id", "unknown flag --lnag, did you mean --lang?"},
		{"serve --addr", "--addr needs a value"},
		{"serve --lang fr", `--lang must be one of id, en, not "fr"`},
		{"serve --within soon", `--within must be a time such as 90s or 12h, not "soon"`},
		{"serve --json=perhaps", `--json must be true or false, not "perhaps"`},
		{"report a -o b --version c", `--version must be a whole number, not "c"`},
		{"report a", "--output is missing"},
		{"report -o b", "<campaign> is missing"},
		{"report a b -o c", `"b" is one word too many`},
		{"import talents /no/such.csv", "<file>: stat /no/such.csv: no such file or directory"},
	} {
		if _, _, _, err := parse(t, nil, strings.Fields(c.args)...); err == nil || err.Error() != c.want {
			t.Errorf("%q: got %v, want %s", c.args, err, c.want)
		}
	}
	if _, _, _, err := parse(t, map[string]string{"K_LANG": "fr"}, "serve"); err == nil || err.Error() != `$K_LANG must be one of id, en, not "fr"` {
		t.Errorf("a variable's wrong value: %v", err)
	}
}

func TestParse_TakesOnlyFilesThatAreThere(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a.csv")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if l, _, _, err := parse(t, nil, "import", "talents", file); err != nil || l.Import.Talents.File != file {
		t.Errorf("got %q, %v", l.Import.Talents.File, err)
	}
	if _, _, _, err := parse(t, nil, "import", "talents", filepath.Dir(file)); err == nil {
		t.Error("a folder is no file")
	}
}

func TestParse_Explains(t *testing.T) {
	_, _, text, err := parse(t, nil, "report", "--help")
	if !errors.Is(err, ErrAnswered) {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Usage: kolega report <campaign> --output=FILE [flags]\n\nWrite a report.\n",
		"\n  -o, --output=FILE              File to write.\n",
		"\n      --version=VERSION          Which one was sent.\n",
		"\n      --data=DIR                 Data folder ($K_DATA).\n",
		"\n      --lang=LANG                Language (default: en, $K_LANG).\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "-V, ") {
		t.Error("the report's own --version hides the program's")
	}
	_, _, text, _ = parse(t, nil, "-h")
	if !strings.Contains(text, "  import talents <file> [flags]\n    Talents from a file, as people have them, which may be longer than one line\n    of a terminal.\n") {
		t.Errorf("the commands down to the last word, in\n%s", text)
	}
	if _, _, text, err = parse(t, nil, "serve", "-V"); !errors.Is(err, ErrAnswered) || text != "1.2.3\n" {
		t.Errorf("the version is %q, %v", text, err)
	}
}

func TestParse_RefusesAFieldItCannotFill(t *testing.T) {
	var odd struct{ Rate float64 }
	p := Program{Name: "x", Lookup: func(string) (string, bool) { return "", false }}
	if _, err := p.Parse(&odd, []string{"--rate", "1"}); err == nil || !strings.Contains(err.Error(), "float64") {
		t.Errorf("got %v", err)
	}
}
