package testkit

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Opened has LibreOffice open a file and write it as another kind: "pdf", "xlsx". Where
// LibreOffice is missing the test is skipped, under CI=true it fails.
func Opened(t testing.TB, data []byte, kind, as string) []byte {
	t.Helper()
	tool := needed(t, "soffice")
	dir := t.TempDir()
	in := filepath.Join(dir, "in."+kind)
	if err := os.WriteFile(in, data, 0o600); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "out")
	run := exec.Command(tool, "-env:UserInstallation=file://"+dir+"/profile", "--headless", "--convert-to", as, "--outdir", out, in)
	run.Env = append(os.Environ(), "HOME="+dir)
	if said, err := run.CombinedOutput(); err != nil {
		t.Fatalf("LibreOffice: %v\n%s", err, said)
	}
	b, err := os.ReadFile(filepath.Join(out, "in."+as))
	if err != nil {
		t.Fatalf("LibreOffice did not open the file: %v", err)
	}
	return b
}

// WordsOf is the text of a PDF, with a form feed after each page; missing tools as for
// Opened.
func WordsOf(t testing.TB, pdf []byte) string {
	t.Helper()
	tool := needed(t, "pdftotext")
	in := filepath.Join(t.TempDir(), "in.pdf")
	if err := os.WriteFile(in, pdf, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(tool, "-layout", in, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext: %v", err)
	}
	return string(out)
}

func needed(t testing.TB, name string) string {
	t.Helper()
	tool, err := exec.LookPath(name)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("%s is not installed; ./tools/install brings it", name)
		}
		t.Skipf("%s is not installed; ./tools/install brings it", name)
	}
	return tool
}
