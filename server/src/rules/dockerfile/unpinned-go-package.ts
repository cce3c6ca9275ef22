import type { DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { defineRule } from "../../engine/rule";
import { runs } from "../shared/mentions";
import { cisDocker, cwe } from "../shared/references";
import { type UnpinnedInstall, unpinnedInstalls, unpinnedMessage } from "../shared/unpinnedPackages";

export default defineRule({
  id: "unpinned-go-package",
  language: "dockerfile",
  needs: { keywords: ["RUN"], words: ["go"] },
  title: "Go programs are installed at a version",
  why: `\`go install example.com/tool@latest\` takes whatever was released last, and \`go get example.com/tool\` does the
same. Two builds of one commit differ, a failure cannot be repeated, and whoever gets hold of the tool's repository is
in your next build. The checksum database cannot help: it knows every version, and says only that it has not changed.

Write \`@v1.2.3\`, or make the tool a dependency of your module (\`go get -tool\`), so that \`go.sum\` holds it. A
branch (\`@main\`) is reported like \`@latest\`, a prefix (\`@v1\`) is not.

\`go install\` and \`go run\` without \`@\` go by the module that they run in. They are therefore reported only where no
source has been copied, mounted or cloned before. The fix leaves
a place for the version, since only the module's repository knows
its versions: \`go list -m -versions example.com/tool\`.`,
  category: "supply-chain",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["hadolint:DL3062", "droast:DF054", "cis:4.11", "cwe:1357"],
  references: [
    { title: "Go modules: version queries", url: "https://go.dev/ref/mod#version-queries" },
    cisDocker,
    cwe(1357, "Reliance on insufficiently trustworthy component"),
  ],
  messages: { unpinned: unpinnedMessage },
  bad: [
    {
      title: "the newest, and a branch",
      source:
        "FROM golang:1.25\nRUN «go install» example.com/a/tool@latest && «go run» example.com/b@main --flag\nRUN «go install» -ldflags '-s -w' -tags x example.com/c/...@latest\n",
      fixed:
        "FROM golang:1.25\nRUN go install example.com/a/tool@VERSION && go run example.com/b@VERSION --flag\nRUN go install -ldflags '-s -w' -tags x example.com/c/...@VERSION\n",
    },
    {
      title: "no version, and nothing that could have one",
      source:
        'FROM golang:1.25\nRUN «go install» github.com/a/b\nRUN [«"go", "install"», "example.com/c/d"]\nONBUILD RUN CGO_ENABLED=0 «go get» -u -v example.com/e/f\n',
      fixed:
        'FROM golang:1.25\nRUN go install github.com/a/b@VERSION\nRUN ["go", "install", "example.com/c/d"]\nONBUILD RUN CGO_ENABLED=0 go get -u -v example.com/e/f@VERSION\n',
    },
    {
      title: "go get takes the newest in a module as well",
      source:
        "FROM golang:1.25\nCOPY . .\nRUN «/usr/local/go/bin/go get» example.com/a/b example.com/c@v1.2.3\n",
      fixed:
        "FROM golang:1.25\nCOPY . .\nRUN /usr/local/go/bin/go get example.com/a/b@VERSION example.com/c@v1.2.3\n",
    },
  ],
  good: [
    {
      title: "versions",
      source:
        "FROM golang:1.25\nRUN go install example.com/a@v1.2.3 example.com/b@v1 && go get example.com/c@$VERSION && go run example.com/d@0123456789ab x.y/z\n",
    },
    {
      title: "the module's own",
      source:
        "FROM golang:1.25\nRUN go install ./... && go get -d -v ./... && go install std && go run main.go && go run .\n",
    },
    {
      title: "what a module that was copied says",
      source:
        "FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go install github.com/a/b/cmd/c\nFROM golang:1.25\nRUN git clone https://example.com/a && cd a && go install example.com/a/cmd\n",
    },
    {
      title: "what is mounted",
      source: "FROM golang:1.25\nRUN --mount=target=. go install github.com/a/b/cmd/c\n",
    },
    {
      title: "variables, other commands and text",
      source:
        "FROM golang:1.25\nRUN go install $TOOL && go build example.com/a && go mod download && echo go install a.b/c@latest\n",
    },
  ],
  check(document, { report }) {
    for (const install of unpinnedInstalls(document, "go")) {
      const packages = install.packages.filter(
        (name) => name.includes("@") || install.verb.value === "get" || !hasSources(document, install),
      );
      const fixes = packages.length === install.packages.length ? install.fixes : [];
      if (packages.length > 0) report("unpinned", [packages], { at: install.span, fixes });
    }
  },
});

/** Whether a module may be there that says which version a name without one stands for. */
function hasSources(document: DockerfileDocument, { instruction }: UnpinnedInstall): boolean {
  for (let stage = document.stages[instruction.stageIndex]; stage !== undefined; stage = stage.parent) {
    if (
      stage.instructions.some((other) => other.span.start <= instruction.span.start && bringsSources(other))
    )
      return true;
  }
  return bringsSources(instruction);
}

function bringsSources(instruction: Instruction): boolean {
  if (instruction.keyword === "COPY" || instruction.keyword === "ADD") return true;
  if (instruction.keyword === "RUN" && instruction.mounts.some(({ type }) => type === "bind")) return true;
  return runs(instruction, fetchesSources);
}

function fetchesSources({ unwrapped: { program, arguments: words } }: ShellCommand): boolean {
  if (program === "git") return true;
  if (program === "go") return words.some(({ value }) => value === "mod");
  return program === "tar" || program === "unzip" || program === "cp" || program === "cat";
}
