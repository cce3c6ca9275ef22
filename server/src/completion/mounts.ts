import type { Proposal } from "./suggestion";

/** Ways to get a secret into one RUN so that it stays in no layer, by who is to read it. */
export const mountProposals: readonly Proposal[] = [
  mount(
    "type=secret,id=…,env=…",
    ["type=secret,id=", "token", ",env=", "TOKEN"],
    "as a variable of this RUN alone",
  ),
  mount("type=secret,id=…", ["type=secret,id=", "token"], "as a file below /run/secrets, for this RUN alone"),
  mount(
    "type=secret,id=…,target=…",
    ["type=secret,id=", "token", ",target=", "/run/secrets/token", ",required=true"],
    "as a file of your choice; the build fails without it",
  ),
  mount(
    "type=secret for npm",
    ["type=secret,id=", "npmrc", ",target=", "/root/.npmrc"],
    "an .npmrc with a token, for npm ci",
  ),
  mount(
    "type=secret for pip",
    ["type=secret,id=", "netrc", ",target=", "/root/.netrc"],
    "a .netrc with a password, for pip, curl and git",
  ),
  mount(
    "type=secret for Maven",
    ["type=secret,id=", "settings", ",target=", "/root/.m2/settings.xml"],
    "Maven's settings with passwords",
  ),
  mount("type=ssh", ["type=ssh"], "the builder's SSH agent, for git over SSH: no key enters the image"),
];

/** @param parts what is fixed and what is to be filled in, in turn */
function mount(label: string, parts: readonly string[], detail: string): Proposal {
  const text = parts.join("");
  const id = parts[1];
  return {
    label,
    kind: "mount",
    text,
    snippet: parts.map((part, index) => (index % 2 === 0 ? part : `\${${(index + 1) / 2}:${part}}`)).join(""),
    filter: text,
    detail,
    documentation:
      id === undefined
        ? "Build with `docker build --ssh default .`"
        : `Build with \`docker build --secret id=${id},src=FILE .\` or \`--secret id=${id},env=VARIABLE\`.`,
  };
}
