import assert from "node:assert/strict";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { parseConfiguration } from "../../../server/src/engine/configuration";
import { rules } from "../../../server/src/rules/index";
import { plimsoll } from "../../support/commandLine";
import { folderWith } from "../../support/folder";

const run = (folder: string, ...args: string[]) => plimsoll(folder, args);

interface Report {
  readonly findings: readonly { readonly rule: string; readonly path: string; readonly message: string }[];
  readonly suppressed: readonly Readonly<Record<string, unknown>>[];
  readonly failures: readonly { readonly path: string; readonly error: string }[];
  readonly notChecked: readonly { readonly rule?: string; readonly reason: string }[];
}

async function check(folder: string, ...args: string[]) {
  const ended = await run(folder, "check", "--format", "json", ...args);
  return { ...ended, ...(JSON.parse(ended.out) as Report) };
}

const unsafe = 'FROM busybox:1.37\nRUN sudo make\nUSER root\nCMD ["/app"]\n';
const found = ({ findings }: Report): readonly string[] =>
  findings.map(({ path, rule }) => `${path} ${rule}`);

test("a configuration builds on a file further up, whose globs keep their meaning", async (t) => {
  const folder = folderWith(t, {
    ".git/HEAD": "",
    "plimsoll.yaml":
      "ignore:\n  - rule: sudo-in-run\n    path: team/app/**\n    owner: platform\n    ticket: CHG-1\n    reason: why\noverrides:\n  - files: team/**\n    rules: { final-stage-user-root: critical }\n",
    "team/plimsoll.yaml": "extends: ../plimsoll.yaml\nexclude: [old/**]\n",
    "team/app/Dockerfile": unsafe,
    "team/old/Dockerfile": unsafe,
    "old/Dockerfile": unsafe,
  });
  const report = await check(folder);
  assert.deepEqual(found(report), [
    "old/Dockerfile sudo-in-run",
    "old/Dockerfile final-stage-user-root",
    "team/app/Dockerfile final-stage-user-root",
  ]);
  assert.deepEqual(
    report.suppressed.map(({ by, reason, owner, ticket }) => [by, reason, owner, ticket]),
    [["repository", "why", "platform", "CHG-1"]],
  );
  const csv = await run(folder, "check", "--format", "csv");
  assert.match(csv.out, /^suppressed,.*,repository,platform,CHG-1,\r$/m);
  const html = await run(folder, "check", "--format", "html");
  assert.match(html.out, /why \(owner platform, ticket CHG-1\)/);
});

test("a package is found as Node finds it, by its file or its package.json", async (t) => {
  const folder = folderWith(t, {
    ".git/HEAD": "",
    "plimsoll.yaml": 'extends: ["@acme/policy", plain, "@acme/policy/more.yml"]\n',
    "node_modules/@acme/policy/plimsoll.yaml": "rules: { final-stage-user-root: off }\n",
    "node_modules/@acme/policy/more.yml": "failOn: low\n",
    "node_modules/plain/package.json": '{"name":"plain","plimsoll":{"rules":{"sudo-in-run":"info"}}}',
    Dockerfile: unsafe,
  });
  const report = await check(folder);
  assert.deepEqual(found(report), ["Dockerfile sudo-in-run"]);
  assert.equal(report.code, 0, "info is below failOn");
  assert.equal((await check(folder, "--fail-on", "info")).code, 1);
});

test("what cannot be extended is told at its place, never fetched and never silent", async (t) => {
  const outside = folderWith(t, { "policy.yaml": "profile: all\n" });
  const folder = folderWith(t, {
    ".git/HEAD": "",
    "plimsoll.yaml": `extends:\n  - ./missing.yaml\n  - ../../../../etc/hosts\n  - ./link.yaml\n  - nothing-like-it\n  - ./loop.yaml\n  - https://example.com/p.yaml\n`,
    "loop.yaml": "extends: ./plimsoll.yaml\n",
    Dockerfile: unsafe,
  });
  symlinkSync(join(outside, "policy.yaml"), join(folder, "link.yaml"));
  const report = await check(folder);
  assert.equal(report.code, 2);
  const said = report.findings.filter(({ path }) => path !== "Dockerfile").map(({ message }) => message);
  assert.deepEqual(said.sort(), [
    "A configuration is never fetched: install it as a package, or keep it in the repository",
    "This is not extended: it does not exist",
    "This is not extended: it extends itself in the end",
    "This is not extended: it lies outside of the repository",
    "This is not extended: the link leads out of the audited folder",
    "This is not extended: there is no such package in node_modules, and no such profile",
  ]);
  const failure = report.failures.find(({ path }) => path === "plimsoll.yaml");
  assert.match(failure?.error ?? "", /wrong in line 2: \.\/missing\.yaml is not extended/);
});

test("a wide and deep chain of configurations ends", async (t) => {
  const files: Record<string, string> = { ".git/HEAD": "", Dockerfile: unsafe };
  for (let depth = 0; depth < 12; depth++) {
    const next = depth === 11 ? "recommended" : `./${depth + 1}.yaml`;
    files[depth === 0 ? "plimsoll.yaml" : `${depth}.yaml`] =
      `extends: [${Array(30).fill(next).join(", ")}]\n`;
  }
  const report = await check(folderWith(t, files));
  assert.equal(report.code, 2);
  assert.match(JSON.stringify(report.failures), /more than 10 configurations extend each other|more than 50/);
});

test("later overrides win, and --profile and --rule win over all of them", async (t) => {
  const folder = folderWith(t, {
    "plimsoll.yaml":
      "rules: { sudo-in-run: off }\noverrides:\n  - files: [a/**]\n    rules: { sudo-in-run: low }\n  - files: a/b/**\n    rules: { sudo-in-run: critical }\n",
    "a/Dockerfile": unsafe,
    "a/b/Dockerfile": unsafe,
    "c/Dockerfile": unsafe,
  });
  const severities = (await run(folder, "check", "--format", "csv")).out.match(
    /^finding,\w+,sudo.*?Dockerfile/gm,
  );
  assert.deepEqual(
    severities?.map((line) => line.split(",").filter((_, at) => at === 1 || at === 4)),
    [
      ["low", "a/Dockerfile"],
      ["critical", "a/b/Dockerfile"],
    ],
  );
  assert.deepEqual(found(await check(folder, "--rule", "final-stage-user-root")).length, 3);
});

test("denied, unapproved and required: judged, excepted by image, or said not to be checked", async (t) => {
  const folder = folderWith(t, {
    "plimsoll.yaml": `images:
  approved: [busybox, "debian:*", registry.example.com/**]
  denied: [{ image: "debian:8*", reason: too old, replacement: debian:13 }]
  require: { digest: true, notEndOfLife: critical, nonRoot: true }
ignore:
  - { image: busybox, rule: "base-image-*", owner: me, ticket: T-1, until: 2099-01-01 }
  - { image: debian, rule: base-image-denied, until: 2020-01-01 }
`,
    "a/Dockerfile": "FROM busybox:1.37\nUSER 1\n",
    "b/Dockerfile": "FROM debian:8\nUSER 1\n",
    "c/Dockerfile": "ARG BASE\nFROM $BASE\nARG U\nUSER $U\n",
    "d/compose.yaml": "services:\n  x:\n    image: redis:8\n",
  });
  const report = await check(folder);
  assert.deepEqual(
    found(report).filter((line) => !/compose-(?!image)|no-|missing-|user-not/.test(line)),
    [
      "b/Dockerfile base-image-denied",
      "b/Dockerfile base-image-end-of-life",
      "b/Dockerfile base-image-not-pinned-by-digest",
      "d/compose.yaml compose-image-not-approved",
      "d/compose.yaml compose-image-not-digest",
      "plimsoll.yaml expired-repository-ignore",
    ],
  );
  // Nobody knows when support of busybox, of a variable, or of redis without a minor version ends.
  assert.deepEqual(report.notChecked.map(({ rule }) => rule).sort(), [
    "base-image-end-of-life",
    "base-image-end-of-life",
    "base-image-not-pinned-by-digest",
    "compose-image-end-of-life",
    "final-stage-user-root",
  ]);
  assert.ok(
    report.suppressed.some(
      ({ ticket, owner, until }) => `${ticket} ${owner} ${until}` === "T-1 me 2099-01-01",
    ),
  );
});

const others: Readonly<Record<string, string>> = {
  ".hadolint.yaml":
    "ignored: [DL3020, DL9999]\noverride:\n  error: [DL3002]\ntrustedRegistries: [docker.io, '*.example.com']\nfailure-threshold: warning\nstrict-labels: true\n",
  ".trivyignore": "# because\nAVD-DS-0002 exp:2031-05-06\nDS026\nCVE-2020-1\n",
  ".trivyignore.yaml":
    "misconfigurations:\n  - id: DS-0005\n    paths: [legacy/**]\n    statement: 'until: \"then\"'\n",
  ".checkov.yaml": "skip-check:\n  - CKV_DOCKER_3\n  - CKV_K8S_1\n",
  "kics.config":
    '{"exclude-queries": "fd54f200-402c-4333-a5a4-36ef6709af2f,00000000-0000-0000-0000-000000000000", "exclude-paths": ["./vendor/"]}',
  "droast.toml":
    'skip = ["DF001"]\nrequire-suppression-reason = true\nmin-severity = "info"\n[severity-overrides]\nDF002 = "warning"\n[[overrides]]\npaths = ["legacy/*"]\nskip = ["DF020"]\n',
};

test("init takes over what other tools' files say, lists the rest, and what it writes is right", async (t) => {
  const folder = folderWith(t, { ...others, Dockerfile: `${unsafe}COPY --from=ghcr.io/x/y:1 /a /b\n` });
  const dry = await run(folder, "init", "--dry-run");
  assert.equal(dry.code, 0);
  const written = await run(folder, "init");
  assert.match(written.out, /^plimsoll\.yaml: written, with what \.hadolint\.yaml, droast\.toml, /);
  const text = readFileSync(join(folder, "plimsoll.yaml"), "utf8");
  assert.equal(text, dry.out);
  const { config, issues } = parseConfiguration(text, rules);
  assert.deepEqual(issues, []);
  const level = (id: string) => config.rules.find(({ pattern }) => pattern === id)?.level;
  assert.deepEqual(
    [level("add-local-file"), level("final-stage-user-root"), level("base-image-latest-tag")],
    ["off", "medium", "off"],
  );
  assert.deepEqual(config.policy.registries, ["docker.io", "*.example.com"]);
  assert.deepEqual([config.failOn, config.requireReason, config.exclude], ["medium", true, ["vendor"]]);
  assert.equal(config.overrides[0]?.rules[0]?.pattern, "missing-user-instruction");
  const ignored = config.ignore.map(({ rule, path, reason, until }) => [rule, path, reason, until]);
  assert.deepEqual(
    ignored.find(([rule]) => rule === "final-stage-user-root"),
    ["final-stage-user-root", "**", "because; DS-0002 in .trivyignore", "2031-05-06"],
  );
  assert.ok(
    ignored.some(
      ([, path, reason]) => path === "legacy/**" && reason === 'until: "then"; DS-0005 in .trivyignore.yaml',
    ),
  );
  for (const id of ["DL9999", "strict-labels", "1 vulnerability", "CKV_K8S_1", "00000000-", "min-severity"]) {
    assert.match(written.err, new RegExp(`not taken over from .*${id}`));
    assert.match(text, new RegExp(`^# {3}.*${id}`, "m"));
  }
  assert.match(text, /come from docker\.io \(1\), ghcr\.io \(1\)/);
  assert.match(text, /recommended reports \d+ findings?/);
});

test("init takes over why others' exceptions are there, as people say it in comments", async (t) => {
  const folder = folderWith(t, {
    ".hadolint.yaml":
      '# Settings.\nignored:\n  # ADD of our own archive:\n  # it is unpacked on purpose.\n  - DL3020\n  - DL3002 # s6 drops it: "later"\n  # - DL3004\n  - DL3006\n',
    ".trivyignore":
      "# --------\n# No port is privileged here\nDS-0004\n\nCVE-2030-1\nGHSA-xxxx-1\nCVE-2030-2 # no fix yet\n",
    ".checkov.yaml":
      "skip-path:\n  - ./helm/tests\n  - notes/.*\n  - '^a|b$'\nskip-check:\n  # builder only\n  - CKV_DOCKER_3\nevaluate-variables: true\n",
    "kics.config":
      "exclude-queries:\n  - fd54f200-402c-4333-a5a4-36ef6709af2f # Missing User Instruction\nfail-on: [high, MEDIUM]\nno-progress: true\n",
    "droast.toml": '[[overrides]]\npaths = ["a/Dockerfile"]\n# built from the root\nskip = ["DF020"]\n',
    Dockerfile: unsafe,
  });
  const { code, out, err } = await run(folder, "init", "--dry-run");
  assert.equal(code, 0);
  const { config, issues } = parseConfiguration(out, rules);
  assert.deepEqual(issues, []);
  for (const line of [
    'add-local-file: "off" # DL3020 in .hadolint.yaml: ADD of our own archive: it is unpacked on purpose.',
    'final-stage-user-root: "off" # DL3002 in .hadolint.yaml: s6 drops it: "later"',
  ])
    assert.ok(out.includes(`  ${line}\n`), out);
  assert.match(out, /# DL3006 in \.hadolint\.yaml$/m);
  const reasons = new Set(config.ignore.map(({ reason }) => reason));
  for (const reason of [
    "builder only; CKV_DOCKER_3 in .checkov.yaml",
    "No port is privileged here; DS-0004 in .trivyignore",
  ])
    assert.ok(reasons.has(reason), [...reasons].join("\n"));
  assert.ok([...reasons].some((reason) => reason?.startsWith("Missing User Instruction; ")));
  assert.deepEqual([config.exclude, config.failOn], [["helm/tests", "notes"], "medium"]);
  assert.equal(
    err.replaceAll("plimsoll: not taken over from ", ""),
    [
      ".trivyignore: 3 vulnerabilities: Trivy itself leaves them out",
      ".checkov.yaml: skip-path ^a|b$: it is a regular expression, not a path",
      ".checkov.yaml: evaluate-variables: it has no place here",
      "",
    ].join("\n"),
  );
});

test("init never writes over a configuration unasked, and survives hostile files", async (t) => {
  const folder = folderWith(t, { "plimsoll.yaml": "profile: cis\n", Dockerfile: unsafe });
  const refused = await run(folder, "init");
  assert.deepEqual(
    [refused.code, readFileSync(join(folder, "plimsoll.yaml"), "utf8")],
    [2, "profile: cis\n"],
  );
  assert.equal((await run(folder, "init", "--force")).code, 0);
  mkdirSync(join(folder, "sub"));
  writeFileSync(join(folder, "sub/droast.toml"), "= broken");
  writeFileSync(
    join(folder, "sub/.hadolint.yaml"),
    "ignored: ['x\\n\\ny: z', __proto__]\ntrustedRegistries: ['a\"\\n- b']\n__proto__: {a: 1}\n",
  );
  const hostile = await run(folder, "init", "sub");
  assert.equal(hostile.code, 0);
  assert.match(hostile.err, /droast\.toml: the whole file, which could not be read/);
  assert.deepEqual(
    parseConfiguration(readFileSync(join(folder, "sub/plimsoll.yaml"), "utf8"), rules).issues,
    [],
  );
});

const policy = `images:
  approved: [node, "debian:12*", gcr.io/distroless/**]
  registries: [registry.example.com, "*.internal"]
  denied: [{ image: "*:latest", reason: 'it "moves"' }, { image: registry.example.com/old/** }]
  replacements: { python: registry.example.com/python }
  require: { digest: true, nonRoot: true, maxAge: 30 }
`;

test("export says the policy in other tools' words, and what it cannot say", async (t) => {
  const folder = folderWith(t, { "plimsoll.yaml": policy });
  const rego = await run(folder, "export", "rego");
  assert.match(rego.out, /^package docker$/m);
  assert.match(rego.out, /\{"pattern":"\^docker\\\\\.io\/library\/node\$","tagged":false\}/);
  assert.match(rego.out, /^# Not expressed: require\.nonRoot/m);
  assert.match(rego.err, /not expressed: require\.nonRoot/);
  assert.match(rego.err, /not expressed: require\.maxAge/);
  const source = JSON.parse((await run(folder, "export", "source-policy")).out) as SourcePolicy;
  for (const [image, allowed] of judgedImages) assert.equal(isAllowed(source, image), allowed, image);
  assert.equal(
    converted(source, "docker-image://docker.io/library/python:3.13"),
    "docker-image://registry.example.com/python:3.13",
  );
  const containers = await run(folder, "export", "containers-policy");
  const { transports } = JSON.parse(containers.out) as {
    readonly transports: { readonly docker: Readonly<Record<string, readonly { readonly type: string }[]>> };
  };
  assert.deepEqual(
    Object.entries(transports.docker).map(([scope, [first]]) => `${scope}: ${first?.type}`),
    [
      ": reject",
      "registry.example.com: insecureAcceptAnything",
      "*.internal: insecureAcceptAnything",
      "docker.io/library/node: insecureAcceptAnything",
      "gcr.io/distroless: insecureAcceptAnything",
      "registry.example.com/old: reject",
    ],
  );
  assert.match(containers.err, /approved docker\.io\/library\/debian:12\*: a scope has no such pattern/);
});

test("export refuses a configuration that is wrong, or says nothing of images", async (t) => {
  assert.equal((await run(folderWith(t), "export", "rego")).code, 2);
  const wrong = await run(folderWith(t, { "plimsoll.yaml": `${policy}profil: x\n` }), "export", "rego");
  assert.deepEqual([wrong.code, wrong.out], [2, ""]);
});

const digest = `@sha256:${"0123456789abcdef".repeat(4)}`;

/** What the policy above means. */
const judgedImages: readonly (readonly [string, boolean])[] = [
  [`docker.io/library/node:22${digest}`, true],
  ["docker.io/library/node:22", false],
  [`docker.io/library/node:latest${digest}`, false],
  [`docker.io/library/nodes:22${digest}`, false],
  [`docker.io/library/debian:12.5${digest}`, true],
  [`docker.io/library/debian:13${digest}`, false],
  [`gcr.io/distroless/a/b:1${digest}`, true],
  [`registry.example.com/x:1${digest}`, true],
  [`registry.example.com/old/x:1${digest}`, false],
  [`a.internal/x:1${digest}`, true],
  [`evil.com/a.internal/x:1${digest}`, false],
];

interface SourcePolicy {
  readonly rules: readonly {
    readonly action: string;
    readonly selector: { readonly identifier: string };
    readonly updates?: { readonly identifier: string };
  }[];
}

/** BuildKit's way: of the rules that allow or deny and match, the last one counts. */
function isAllowed({ rules }: SourcePolicy, image: string): boolean {
  const matching = rules.filter(
    ({ action, selector }) =>
      action !== "CONVERT" && new RegExp(selector.identifier).test(`docker-image://${image}`),
  );
  return matching.at(-1)?.action !== "DENY";
}

function converted({ rules }: SourcePolicy, identifier: string): string | undefined {
  const rule = rules.find(
    ({ action, selector }) => action === "CONVERT" && new RegExp(selector.identifier).test(identifier),
  );
  if (rule?.updates === undefined) return undefined;
  const groups = new RegExp(rule.selector.identifier).exec(identifier) ?? [];
  return rule.updates.identifier.replace("${1}", groups[1] ?? "");
}
