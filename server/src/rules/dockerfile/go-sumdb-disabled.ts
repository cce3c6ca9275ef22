import type { ShellCommand } from "../../documents/shell/model";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { environmentSettings } from "../shared/environmentSettings";
import { commandsMentioning } from "../shared/mentions";
import { cwe } from "../shared/references";

export default defineRule({
  id: "go-sumdb-disabled",
  language: "dockerfile",
  local: true,
  needs: { words: ["gosumdb", "gonosumdb", "gonosumcheck", "goprivate", "goinsecure", "goflags"] },
  title: "Go compares modules with the public checksum database",
  why: `A module that \`go.sum\` does not know yet is compared with a public log, so that everybody gets the same code for
one version. With \`GOSUMDB=off\`, \`GONOSUMDB=*\` or \`GOPRIVATE=*\` nobody notices when a proxy or a repository serves
other code to this build than to the rest of the world. \`GOFLAGS=-insecure\` and \`GOINSECURE\` go further and fetch
without checking certificates.

Name your own modules only: \`GOPRIVATE=git.example.com/team\`. With a complete \`go.sum\` and \`-mod=readonly\`, or with
\`-mod=vendor\`, nothing new is fetched, and the setting can go.

Narrow patterns are not reported, but for \`GOINSECURE\`, which is low then. The fix deletes the setting; it is not
called safe, since a build with private modules may need a narrow one in its place.`,
  category: "supply-chain",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["checkov:CKV2_DOCKER_18", "cis:4.11", "cwe:494"],
  references: [
    { title: "Go: authenticating modules", url: "https://go.dev/ref/mod#authenticating" },
    { title: "Go: private modules", url: "https://go.dev/ref/mod#private-modules" },
    cwe(494, "Download of code without integrity check"),
  ],
  messages: {
    off: (name: string) =>
      `${name} keeps Go from comparing modules with the public log, so other code would go unnoticed`,
    insecure: (name: string) =>
      `${name} lets Go fetch modules without a certificate, so they can be replaced on the way`,
  },
  bad: [
    {
      title: "the database switched off",
      source: "FROM golang:1.26\nENV «GOSUMDB=off»\nRUN «GOSUMDB=off» go mod download\n",
      fixed: "FROM golang:1.26\nRUN go mod download\n",
    },
    {
      title: "patterns for everything",
      source:
        "FROM golang:1.26\nENV CGO_ENABLED=0 «GONOSUMDB=*»\nARG «GOPRIVATE='*'»\nENV «GOINSECURE=*»\nRUN go build\n",
      fixed: "FROM golang:1.26\nENV CGO_ENABLED=0\nRUN go build\n",
    },
    {
      title: "kept in Go's own settings, without a fix",
      source: "FROM golang:1.26\nRUN go env -w «GOSUMDB=off»\n",
    },
    {
      title: "flags",
      source: 'FROM golang:1.26\nENV «GOFLAGS="-insecure -v"»\nRUN go build\n',
      fixed: "FROM golang:1.26\nRUN go build\n",
    },
  ],
  good: [
    {
      title: "one's own modules",
      source: "FROM golang:1.26\nENV GOPRIVATE=git.example.com/team,*.example.org\n",
    },
    {
      title: "flags that do no harm",
      source: "FROM golang:1.26\nENV GOFLAGS=-mod=vendor GOSUMDB=sum.golang.org\n",
    },
    { title: "no value, and text", source: 'FROM golang:1.26\nARG GOSUMDB\nRUN echo "GOSUMDB=off"\n' },
  ],
  check(document, { report }) {
    for (const { name, value, span, fixes } of environmentSettings(document, names)) {
      const found = judge(name, value);
      if (found) report(found.message, [name], { at: span, fixes, severity: found.severity });
    }
    for (const { command } of commandsMentioning(document, names)) {
      for (const word of writtenSettings(command)) {
        const [name = "", value] = (word.value ?? "").split("=");
        const found = judge(name, value);
        if (found) report(found.message, [name], { at: word.span, severity: found.severity });
      }
    }
  },
});

const names = ["GOSUMDB", "GONOSUMDB", "GONOSUMCHECK", "GOPRIVATE", "GOINSECURE", "GOFLAGS"];

function judge(
  name: string,
  value: string | undefined,
): { readonly message: "off" | "insecure"; readonly severity: Severity } | undefined {
  if (!value) return undefined;
  const isAll = value.split(",").some((pattern) => pattern.trim() === "*");
  switch (name) {
    case "GOSUMDB":
      return value === "off" ? { message: "off", severity: "medium" } : undefined;
    case "GONOSUMDB":
    case "GOPRIVATE":
      return isAll ? { message: "off", severity: "medium" } : undefined;
    case "GONOSUMCHECK":
      return { message: "off", severity: "medium" };
    case "GOINSECURE":
      return { message: "insecure", severity: isAll ? "medium" : "low" };
    case "GOFLAGS":
      return /(?:^|\s)--?insecure\b/.test(value) ? { message: "insecure", severity: "medium" } : undefined;
    default:
      return undefined;
  }
}

/** The words of `go env -w NAME=value …`. */
function writtenSettings({ unwrapped }: ShellCommand) {
  const { program, arguments: words } = unwrapped;
  if (program !== "go" || words[0]?.value !== "env" || words[1]?.value !== "-w") return [];
  return words.slice(2);
}
