// Reads files of the stack as the programs they are for read them, without starting those programs.
//
//	syntax alloy <file>    parses with Alloy's own parser and compares with what its formatter prints
//	syntax compose <file>  loads with the library of Docker Compose, which checks against the Compose Specification's
//	                       schema, and prints the project as JSON; variables come from the environment
//
// The exit code is 1 and the complaint on stderr when a file is wrong.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/grafana/alloy/syntax/parser"
	"github.com/grafana/alloy/syntax/printer"
)

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("expected alloy <file> or compose <file>, got %q", os.Args[1:]))
	}
	check := map[string]func(string) error{"alloy": parseAlloy, "compose": loadCompose}[os.Args[1]]
	if check == nil {
		fail(fmt.Errorf("unknown language %q, expected alloy or compose", os.Args[1]))
	}
	if err := check(os.Args[2]); err != nil {
		fail(err)
	}
}

func parseAlloy(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	file, err := parser.ParseFile(path, text)
	if err != nil {
		return err
	}
	var formatted bytes.Buffer
	if err := printer.Fprint(&formatted, file); err != nil {
		return err
	}
	if formatted.String()+"\n" != string(text) {
		return fmt.Errorf("%s is not formatted, expected:\n%s", path, formatted.String())
	}
	return nil
}

func loadCompose(path string) error {
	options, err := cli.NewProjectOptions([]string{path}, cli.WithOsEnv)
	if err != nil {
		return err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(project)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
