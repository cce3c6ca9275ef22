import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import type { AuditFinding } from "../../server/src/audit/result";
import { runHere } from "../support/terminal";
import { startClient, temporaryFolder } from "./client";

const missing = "This is not extended: there is no such package in node_modules, and no such profile";

/** Lines of a policy with a mistake in each mark, and what is said of them in their order. */
const mistakes: readonly (readonly [line: string, ...messages: string[]])[] = [
  ["«profil»: strict", "There is no key profil here; perhaps profile is meant"],
  [
    "profile: «strct»",
    "One of recommended, strict, cis, hadolint, all is wanted here; perhaps strict is meant",
  ],
  [
    'extends: [«recomended», «./gone.yaml», «https://example.com/p.yaml», «base.yaml», «"@acme/policy"»]',
    `${missing}; perhaps recommended is meant`,
    "This is not extended: it does not exist",
    "A configuration is never fetched: install it as a package, or keep it in the repository",
    "A file is named from here on; perhaps ./base.yaml is meant",
    missing,
  ],
  ["failOn: «hihg»", "One of critical, high, medium, low, info, never is wanted here; perhaps high is meant"],
  ["exclude: «3»", "A list is wanted here"],
  ["rules:"],
  ["  «sudo-in-runn»: off", "There is no rule sudo-in-runn; perhaps sudo-in-run is meant"],
  ["  «DL3020»: low", "There is no rule DL3020; perhaps add-local-file is meant"],
  [
    "  sudo-in-run: «hgh»",
    "The severity must be one of off, info, low, medium, high, critical, on, upgrade, downgrade; perhaps high is meant",
  ],
  ["  final-stage-user-root: { «severty»: high }", "There is no key severty here; perhaps severity is meant"],
  ["overrides:"],
  [
    "  - «file»: team/**",
    "There is no key file here; perhaps files is meant",
    "An override must name its files",
  ],
  ["  - files: b/**"],
  ["    «rulez»: {}", "There is no key rulez here; perhaps rules is meant"],
  ["ignore:"],
  ["  - rule: «sudo-in-rn»", "There is no rule sudo-in-rn; perhaps sudo-in-run is meant"],
  ["    until: «2020-13-01»", "The end date must be written as 2027-03-01"],
  ["  - «path: x»", "The exception must name its rule or its image"],
  ["images:"],
  ["  «requires»: {}", "There is no key requires here; perhaps require is meant"],
  ["  denied:"],
  ["    - image: python:2"],
  ["      «replacment»: python:3", "There is no key replacment here; perhaps replacement is meant"],
  ["  require:"],
  ["    digest: «maybe»", "true, false or a severity is wanted here"],
  ["    maxAge: { days: «-1» }", "A number of days is wanted here"],
];

/** `line:column message` from 1, in order of place. */
function expected(): readonly string[] {
  return mistakes
    .flatMap(([marked, ...messages], line) => {
      const starts = [...marked.matchAll(/«/g)].map(({ index }, before) => index - 2 * before + 1);
      return messages.map((message, at) => `${line + 1}:${starts[at] ?? starts[0]} ${message}`);
    })
    .sort();
}

test("every kind of mistake in a policy is told at its place with what was meant: by check and in the editor", async (t) => {
  const folder = temporaryFolder(t);
  const text = `${mistakes.map(([line]) => line.replaceAll(/[«»]/g, "")).join("\n")}\n`;
  const file = join(folder, "plimsoll.yaml");
  writeFileSync(file, text);

  const { out, code } = await runHere(folder, ["check", "--format", "json"]);
  const { findings } = JSON.parse(out) as { findings: readonly AuditFinding[] };
  assert.equal(code, 2);
  assert.deepEqual(
    findings.map(({ range: { start }, message }) => `${start.line}:${start.column} ${message}`).sort(),
    expected(),
  );

  const client = await startClient({ folder });
  const uri = pathToFileURL(file).toString();
  await client.open(uri, text, "yaml");
  const shown = await client.diagnostics(uri);
  assert.deepEqual(
    shown
      .map(({ range: { start }, message }) => `${start.line + 1}:${start.character + 1} ${message}`)
      .sort(),
    expected(),
  );
  await client.stop();
});
