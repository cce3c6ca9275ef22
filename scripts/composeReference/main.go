// Writes what Docker Compose's own reader makes of the cases of a file into that file: `expected` of each case.
//
//	cd scripts/composeReference && go run . ../../test/unit/documents/compose/reference.json
//
// Needs Go and, once, the module. The result is committed, so that the test that compares needs neither.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log"
	"os"
	"path/filepath"

	"github.com/compose-spec/compose-go/v2/dotenv"
	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
)

type testCase struct {
	Title string `json:"title"`
	// The file that is asked about: the last of those that are merged.
	Name     string            `json:"name"`
	Files    map[string]string `json:"files"`
	Expected any               `json:"expected"`
}

func main() {
	target := os.Args[1]
	text, err := os.ReadFile(target)
	check(err)
	var cases []testCase
	check(json.Unmarshal(text, &cases))
	for at := range cases {
		cases[at].Expected = expected(cases[at])
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	check(encoder.Encode(cases))
	check(os.WriteFile(target, out.Bytes(), 0o644))
}

func expected(one testCase) any {
	folder, err := os.MkdirTemp("", "compose")
	check(err)
	defer os.RemoveAll(folder)
	for name, text := range one.Files {
		path := filepath.Join(folder, name)
		check(os.MkdirAll(filepath.Dir(path), 0o755))
		check(os.WriteFile(path, []byte(text), 0o644))
	}
	names := []string{one.Name}
	if one.Name != "compose.yaml" {
		names = []string{"compose.yaml", one.Name}
	}
	var files []types.ConfigFile
	for _, name := range names {
		files = append(files, types.ConfigFile{Filename: filepath.Join(folder, name)})
	}
	var variables []string
	if _, has := one.Files[".env"]; has {
		variables = []string{filepath.Join(folder, ".env")}
	}
	environment, err := dotenv.GetEnvFromFile(nil, variables)
	check(err)
	details := types.ConfigDetails{WorkingDir: folder, ConfigFiles: files, Environment: environment}
	model, err := loader.LoadModelWithContext(context.Background(), details, func(options *loader.Options) {
		options.SkipConsistencyCheck = true
		options.SkipNormalization = true
		options.SkipResolveEnvironment = true
		options.SkipDefaultValues = true
		options.ResolvePaths = false
		options.SetProjectName("case", true)
	})
	if err != nil {
		log.Fatalf("%s: %v", one.Title, err)
	}
	services, _ := json.Marshal(model["services"])
	var plain any
	check(json.Unmarshal(bytes.ReplaceAll(services, []byte(folder), []byte("")), &plain))
	return plain
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
