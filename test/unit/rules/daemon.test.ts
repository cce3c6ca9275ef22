import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { daemonKeys } from "../../../server/src/documents/daemon/keys";
import { type AnalysisInput, analyse } from "../../../server/src/engine/analyse";
import { defaultConfig, type Profile } from "../../../server/src/engine/config";
import { unknownFacts } from "../../../server/src/engine/facts";
import { fixAll } from "../../../server/src/engine/fix";
import { rules } from "../../../server/src/rules/index";
import { exampleDay } from "../../support/check";
import { corpusFiles, corpusMissing } from "../../support/corpus";

function inputFor(text: string, profile: Profile): AnalysisInput {
  return {
    kind: "daemon",
    text,
    rules,
    facts: unknownFacts(exampleDay),
    config: { ...defaultConfig, profile },
  };
}

function found(text: string, profile: Profile): readonly string[] {
  return analyse(inputFor(text, profile)).findings.map(({ rule, severity }) => `${rule} ${severity}`);
}

/** What Docker Desktop writes, and what the guides have people write. */
const ordinary = [
  '{\n  "builder": {\n    "gc": {\n      "defaultKeepStorage": "20GB",\n      "enabled": true\n    }\n  },\n  "experimental": false\n}\n',
  '{ "features": { "buildkit": true }, "log-driver": "json-file", "log-opts": { "max-size": "10m" } }\n',
  '{\n  "exec-opts": ["native.cgroupdriver=systemd"],\n  "storage-driver": "overlay2"\n}\n',
  '{ "default-runtime": "nvidia", "runtimes": { "nvidia": { "path": "nvidia-container-runtime", "args": [] } } }\n',
  '{ "dns": ["1.1.1.1"], "registry-mirrors": ["https://mirror.example.com"], "insecure-registries": ["127.0.0.1:5000"] }\n',
  "{}\n",
];

test("ordinary files are quiet in the default profile", () => {
  for (const text of ordinary) assert.deepEqual(found(text, "recommended"), [], text);
});

test("real files are quiet in the default profile, and strict says what is missing once each", (t) => {
  if (corpusMissing !== undefined) return t.skip(corpusMissing);
  for (const { path, text } of corpusFiles("daemon")) {
    assert.deepEqual(found(text, "recommended"), [], path);
    const strict = found(text, "strict");
    assert.equal(new Set(strict).size, strict.length, path);
  }
});

test("what is dangerous is loud in the default profile", () => {
  const text =
    '{ "hosts": ["tcp://0.0.0.0:2375"], "insecure-registries": ["r.example.com"], "seccomp-profile": "unconfined" }\n';
  assert.deepEqual(found(text, "recommended"), [
    "daemon-tcp-without-tls critical",
    "daemon-insecure-registries high",
    "daemon-seccomp-profile high",
  ]);
});

const severities: readonly (readonly [text: string, expected: string])[] = [
  ['{ "hosts": ["tcp://:2375"] }', "daemon-tcp-without-tls high"],
  ['{ "hosts": ["tcp://localhost:2375"] }', "daemon-tcp-without-tls high"],
  ['{ "hosts": ["tcp://[fd00::1]:2375"] }', "daemon-tcp-without-tls critical"],
  ['{ "hosts": ["tcp://0.0.0.0:2376"], "tls": true }', "daemon-tcp-without-tls high"],
  ['{ "hosts": ["TCP://0.0.0.0"], "tlsverify": false }', "daemon-tcp-without-tls critical"],
];

for (const [text, expected] of severities) {
  test(`${text} is ${expected}`, () => {
    assert.deepEqual(found(text, "recommended"), [expected]);
  });
}

test("the items of the benchmark's second section that a file shows are all there", () => {
  const aliases = new Set(
    rules
      .filter((rule) => rule.language === "daemon" && rule.profiles.includes("cis"))
      .flatMap((rule) => rule.aliases),
  );
  const missing = Array.from({ length: 18 }, (_, index) => `cis:2.${index + 1}`).filter(
    (id) => !aliases.has(id),
  );
  // Whether the daemon runs as root (2.1) does not stand in its file.
  assert.deepEqual(missing, ["cis:2.1"]);
});

test("all fixes of an empty file together make one that the benchmark's profile has nothing to say about", () => {
  for (const lineBreak of ["\n", "\r\n"]) {
    const text = `{${lineBreak}}${lineBreak}`;
    const fixed = fixAll(inputFor(text, "cis"), (finding) => finding.fixes[0]);
    assert.equal(fixed.stable, true);
    const left = found(fixed.text, "cis");
    assert.deepEqual(left, ["daemon-authorization-plugins info"]);
    assert.equal(fixed.text.replaceAll("\r\n", "").includes(lineBreak === "\n" ? "\r" : "\n"), false);
    assert.deepEqual(Object.keys(JSON.parse(fixed.text) as object).sort(), [
      ...["default-ulimits", "icc", "ip", "live-restore", "log-opts", "no-new-privileges"],
      ...["userland-proxy", "userns-remap"],
    ]);
  }
});

test("a rule is silenced by the repository's configuration, for one file", () => {
  const input = inputFor('{ "hosts": ["tcp://10.0.0.1:2375"] }', "recommended");
  const span = { start: 0, end: 0 };
  const entry = {
    rule: "daemon-tcp-without-tls",
    path: "lab/daemon.json",
    reason: "lab",
    until: undefined,
    span,
  };
  const config = { ...input.config, ignore: [entry] };
  const silenced = analyse({ ...input, config, path: "lab/daemon.json" });
  assert.deepEqual(silenced.findings, []);
  assert.deepEqual(
    silenced.suppressed.map(({ by }) => by),
    [{ kind: "repository", reason: "lab" }],
  );
  assert.equal(analyse({ ...input, config, path: "live/daemon.json" }).findings.length, 1);
});

test("a comment silences nothing, since the daemon takes none", () => {
  const text = '{\n  // plimsoll-ignore daemon-tcp-without-tls: lab\n  "hosts": ["tcp://10.0.0.1:2375"]\n}';
  assert.deepEqual(found(text, "recommended"), ["daemon-tcp-without-tls critical"]);
});

test("the schema has the keys that the rules know, each with a description", () => {
  const schema = JSON.parse(readFileSync(join(__dirname, "../../../schemas/daemon.schema.json"), "utf8")) as {
    readonly properties: Readonly<Record<string, { readonly description?: string }>>;
  };
  assert.deepEqual(Object.keys(schema.properties).sort(), [...daemonKeys].sort());
  for (const [key, { description }] of Object.entries(schema.properties))
    assert.match(description ?? "", /^[A-Z].*\.$/, key);
});
