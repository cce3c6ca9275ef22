import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, readFileSync, symlinkSync, truncateSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { commandLine, type Ended, plimsoll } from "../../support/commandLine";
import { folderWith } from "../../support/folder";

const root = join(__dirname, "../../..");

const unsafe = 'FROM busybox:1.37\nUSER root\nCMD ["/app"]\n';
const safe = "FROM busybox:1.37\nUSER 10001\n";

interface Report {
  readonly files: readonly {
    readonly path: string;
    readonly status: string;
    readonly reason?: string;
    readonly language?: string;
  }[];
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly path: string }[];
  readonly notChecked: readonly { readonly path: string; readonly reason: string }[];
}

function reportOf({ out }: Ended): Report {
  return JSON.parse(out) as Report;
}

test("exit codes: 0 for nothing, 1 for findings, and --fail-on decides which", async (t) => {
  const folder = folderWith(t, { "bad/Dockerfile": unsafe, "good/Dockerfile": safe });
  assert.equal((await plimsoll(folder, ["check", "good"])).code, 0);
  const found = await plimsoll(folder, ["check"]);
  assert.equal(found.code, 1);
  assert.match(found.out, /bad\/Dockerfile\n {2}2:6 +high .*final-stage-user-root/);
  assert.match(found.out, /2 files checked, 1 finding \(1 high\)/);
  assert.equal(found.out.includes("\u001b"), false);
  assert.equal((await plimsoll(folder, ["check", "--fail-on", "critical"])).code, 0);
  assert.equal((await plimsoll(folder, ["check", "--fail-on", "never"])).code, 0);
  assert.equal((await plimsoll(folder, ["check", "--min-severity", "critical"])).code, 0);
});

test("wrong usage ends with 2, one line and no trace", async (t) => {
  const folder = folderWith(t, { Dockerfile: safe });
  for (const args of [
    ["check", "missing"],
    ["check", "--rule", "no-such-rule"],
    ["check", "--config", "none.yaml"],
    ["frobnicate"],
    [],
  ]) {
    const ended = await plimsoll(folder, args);
    assert.equal(ended.code, 2, args.join(" "));
    assert.equal(ended.out, "");
    assert.match(ended.err, /^plimsoll: .+\nTry "plimsoll --help".\n$/);
  }
});

test("a wrong configuration ends with 2, and what is right in it counts", async (t) => {
  const folder = folderWith(t, {
    Dockerfile: unsafe,
    "plimsoll.yaml": "profil: strict\nrules:\n  final-stage-user-root: low\n",
  });
  const ended = await plimsoll(folder, ["check", "--format", "json"]);
  assert.equal(ended.code, 2);
  assert.match(ended.err, /plimsoll\.yaml: the configuration is wrong in line 1/);
  assert.equal(reportOf(ended).findings.find(({ path }) => path === "Dockerfile")?.severity, "low");
  assert.equal((await plimsoll(folder, ["check", "--no-config"])).code, 1);
});

test("a configuration above the named path counts, up to the working directory", async (t) => {
  const folder = folderWith(t, {
    "sub/Dockerfile": unsafe,
    "plimsoll.yaml": "rules:\n  final-stage-user-root: off\n",
  });
  assert.equal((await plimsoll(folder, ["check", "sub"])).code, 0);
  assert.equal((await plimsoll(folder, ["check", "sub/Dockerfile"])).code, 0);
  assert.equal((await plimsoll(join(folder, "sub"), ["check"])).code, 1);
  assert.equal((await plimsoll(join(folder, "sub"), ["check", "--config", "../plimsoll.yaml"])).code, 0);
});

test("--rule runs that rule alone, by its own id or another tool's, even where it is off", async (t) => {
  const folder = folderWith(t, {
    Dockerfile: "FROM alpine\nADD app.py /app.py\nUSER root\n",
    "plimsoll.yaml": "rules:\n  final-stage-user-root: off\n",
  });
  const rulesOf = async (...args: string[]) =>
    reportOf(await plimsoll(folder, ["check", "--format", "json", ...args])).findings.map(({ rule }) => rule);
  assert.deepEqual(await rulesOf("--rule", "final-stage-user-root"), ["final-stage-user-root"]);
  assert.deepEqual(await rulesOf("--rule", "hadolint:DL3020"), ["add-local-file"]);
});

test("--stdin takes its kind from the name or the text, and its place from the name", async (t) => {
  const folder = folderWith(t);
  const check = (args: readonly string[], input: string | Uint8Array) =>
    plimsoll(folder, ["check", "--format", "json", "--stdin", ...args], input);
  const named = await check(["--stdin-filename", "sub/Dockerfile.x"], unsafe);
  assert.equal(named.code, 1);
  assert.deepEqual(reportOf(named).files, [
    { path: "sub/Dockerfile.x", language: "dockerfile", status: "checked" },
  ]);
  assert.equal(reportOf(await check([], unsafe)).findings.length, 1);
  assert.equal(reportOf(await check([], "services: {}\n")).files[0]?.language, "compose");
  assert.equal(reportOf(await check([], "hello\n")).files[0]?.status, "skipped");
  const binary = await check(["--stdin-filename", "Dockerfile"], Uint8Array.of(0, 1, 2));
  assert.deepEqual([binary.code, reportOf(binary).files[0]?.reason], [0, "it is a binary file"]);
  assert.equal((await check(["--stdin-filename", "Dockerfile", "--strict"], Uint8Array.of(0))).code, 2);
  assert.equal((await check(["--stdin-filename", "Dockerfile"], "")).code, 0);
});

test("input that is no text, is huge, or is no file is named and does no harm", {
  skip: process.platform === "win32",
}, async (t) => {
  const outside = folderWith(t, { Dockerfile: unsafe });
  const folder = folderWith(t, {
    "binary/Dockerfile": "FROM a\0",
    "latin/Dockerfile": Uint8Array.of(0x46, 0x52, 0x4f, 0x4d, 0x20, 0xe9, 0x0a),
    "huge/Dockerfile": "",
    "fine/Dockerfile": safe,
    "pipe/x": "",
  });
  truncateSync(join(folder, "huge/Dockerfile"), 50_000_000);
  execFileSync("mkfifo", [join(folder, "pipe/Dockerfile")]);
  symlinkSync(join(outside, "Dockerfile"), join(folder, "Dockerfile"));
  symlinkSync("Dockerfile.loop", join(folder, "Dockerfile.loop"));
  const ended = await plimsoll(folder, ["check", "--format", "json"]);
  assert.equal(ended.code, 0);
  const files = reportOf(ended).files.map(
    ({ path, status, reason }) => `${path}: ${status}${reason ? `, ${reason}` : ""}`,
  );
  assert.deepEqual(files, [
    "Dockerfile: skipped, the link leads out of the audited folder",
    "Dockerfile.loop: skipped, the link leads nowhere",
    "binary/Dockerfile: failed, it is a binary file",
    "fine/Dockerfile: checked",
    "huge/Dockerfile: failed, it is larger than 2,000,000 bytes",
    "latin/Dockerfile: failed, it is not valid UTF-8",
    "pipe/Dockerfile: skipped, it is not a regular file",
  ]);
  assert.equal((await plimsoll(folder, ["check", "--strict"])).code, 2);
  assert.equal((await plimsoll(folder, ["check", "--strict", "fine"])).code, 0);
  // Named outright, a pipe is still not waited for.
  assert.match((await plimsoll(folder, ["check", "pipe/Dockerfile"])).out, /named pipe/);
});

test("--output writes the report, and standard output stays empty", async (t) => {
  const folder = folderWith(t, { Dockerfile: unsafe });
  const ended = await plimsoll(folder, ["check", "--format", "sarif", "--output", "report.sarif"]);
  assert.deepEqual([ended.code, ended.out], [1, ""]);
  const sarif = JSON.parse(readFileSync(join(folder, "report.sarif"), "utf8")) as {
    readonly version: string;
  };
  assert.equal(sarif.version, "2.1.0");
  const failed = await plimsoll(folder, ["check", "--output", "no/such/folder"]);
  assert.equal(failed.code, 2);
  assert.match(failed.err, /^plimsoll: it does not exist\n|^plimsoll: /);
});

/** How the report of examples/ begins, and what it says of one finding, in each format. */
const reports: readonly (readonly [string, RegExp, RegExp])[] = [
  ["text", /^examples\/Dockerfile\n/, / 6:20 +critical .+ secret-name-in-env\n/],
  ["json", /^{\n {2}"version": 1,/, /"rule": "secret-name-in-env"/],
  ["sarif", /^{\n {2}"\$schema"/, /"ruleId": "secret-name-in-env"/],
  ["html", /^<!DOCTYPE html>/, /secret-name-in-env/],
  [
    "markdown",
    /^<!-- plimsoll -->\n## Plimsoll: \d+ findings\n/,
    /Dockerfile<\/code>:6 \| .+ \[secret-name-in-env\] \|\n/,
  ],
  [
    "csv",
    /^status,severity,rule,/,
    /\r\nfinding,critical,secret-name-in-env,secrets,examples\/Dockerfile,6,20,/,
  ],
  [
    "junit",
    /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<testsuites /,
    /name="secret-name-in-env: .+"><failure /,
  ],
  [
    "github",
    /^::error file=examples\//,
    /\n?::error file=examples\/Dockerfile,line=6,.*title=secret-name-in-env /,
  ],
  ["gitlab", /^\[\n {2}{\n/, /"check_name": "secret-name-in-env"/],
];

for (const [format, begins, holds] of reports) {
  test(`--format ${format} writes the report of examples/, and says what was not checked`, async (t) => {
    const folder = folderWith(t, {
      "examples/zz/Dockerfile": Uint8Array.of(0x46, 0x52, 0x4f, 0x4d, 0x20, 0xe9),
    });
    cpSync(join(root, "examples"), join(folder, "examples"), { recursive: true });
    const ended = await plimsoll(folder, ["check", "examples", "--format", format]);
    assert.deepEqual([ended.code, ended.err], [1, ""]);
    assert.match(ended.out, begins);
    assert.match(ended.out, holds);
    assert.match(ended.out, /not valid UTF-8/);
  });
}

test("a big report is not cut, and a reader that leaves early is no error", async (t) => {
  const folder = folderWith(t, {
    Dockerfile: `FROM busybox:1.37\n${"ADD app.py /app.py\n".repeat(3_000)}USER 1\n`,
  });
  const ended = await plimsoll(folder, ["check", "--format", "json", "--min-severity", "low"]);
  assert.equal(reportOf(ended).findings.length, 3_000);
  const shell = `"${process.execPath}" "${commandLine}" check --format json | head -c 10`;
  const piped = await new Promise<Ended>((resolve) => {
    const child = spawn("sh", ["-c", shell], { cwd: folder });
    let out = "";
    let err = "";
    child.stdout.on("data", (chunk) => (out += chunk));
    child.stderr.on("data", (chunk) => (err += chunk));
    child.on("close", (code) => resolve({ code, out, err }));
  });
  assert.deepEqual([piped.out.length, piped.err], [10, ""]);
});

test("compliance: a framework item by item, as Markdown, HTML and JSON; the repository's word counts", async (t) => {
  const folder = folderWith(t, { Dockerfile: unsafe });
  const args = ["compliance", "--framework", "cis-1.6"];
  const markdown = await plimsoll(folder, args);
  assert.equal(markdown.code, 1);
  assert.match(markdown.out, /^# CIS Docker Benchmark 1\.6\.0/);
  assert.match(markdown.out, /\| 4\.1 \| .* \*\*✕ fail\*\* \| 1 finding \|/);
  // Rules of the framework run although the profile has them off.
  assert.match(markdown.out, /\| 4\.6 \| .* fail/);
  const html = await plimsoll(folder, [...args, "--format", "html", "--output", "report.html", "Dockerfile"]);
  assert.deepEqual([html.code, html.out], [1, ""]);
  assert.match(readFileSync(join(folder, "report.html"), "utf8"), /^<!DOCTYPE html>/);

  const quiet = folderWith(t, {
    Dockerfile: safe,
    "plimsoll.yaml": "rules:\n  healthcheck-missing: off\n",
  });
  const json = await plimsoll(quiet, [...args, "--format=json"]);
  assert.equal(json.code, 0);
  const { items } = JSON.parse(json.out) as {
    readonly items: readonly { readonly id: string; readonly state: string; readonly reason: string }[];
  };
  const item = (id: string): object | undefined => items.find((one) => one.id === id);
  assert.equal((item("4.1") as { state: string }).state, "pass");
  assert.match(JSON.stringify(item("4.6")), /"notChecked","reason":"the rule healthcheck-missing is off/);

  for (const wrong of [["compliance"], ["compliance", "--framework", "cis"], [...args, "--format", "csv"]])
    assert.equal((await plimsoll(folder, wrong)).code, 2, wrong.join(" "));
});

test("explain and rules", async (t) => {
  const folder = folderWith(t);
  const page = await plimsoll(folder, ["explain", "hadolint:DL3002"]);
  assert.equal(page.code, 0);
  assert.match(page.out, /^# .+\n[\s\S]*final-stage-user-root/);
  const unknown = await plimsoll(folder, ["explain", "final-stage-user-rot"]);
  assert.deepEqual([unknown.code, /did you mean final-stage-user-root\?/.test(unknown.err)], [2, true]);
  const rules = JSON.parse((await plimsoll(folder, ["rules", "--format", "json"])).out) as readonly Record<
    string,
    unknown
  >[];
  const rule = rules.find(({ id }) => id === "add-local-file");
  assert.deepEqual(Object.keys(rule ?? {}), [
    ...[
      "id",
      "title",
      "language",
      "category",
      "severity",
      "profiles",
      "aliases",
      "fixable",
      "safeFix",
      "url",
    ],
  ]);
  assert.deepEqual([rule?.fixable, rule?.safeFix], [true, true]);
  assert.equal((await plimsoll(folder, ["rules"])).out.split("\n").length, rules.length + 1);
  assert.equal((await plimsoll(folder, ["--version"])).out, "9.8.7\n");
  assert.match((await plimsoll(folder, ["check", "--help"])).out, /Exit codes/);
});

test("fix applies safe fixes only, keeps line breaks and marks, and says what it did", async (t) => {
  const folder = folderWith(t, {
    Dockerfile: "\ufeffFROM busybox:1.37\r\n# why\r\nADD app.py /app.py\r\nUSER root\r\n",
  });
  const before = readFileSync(join(folder, "Dockerfile"), "utf8");
  const dry = await plimsoll(folder, ["fix", "--dry-run"]);
  assert.equal(dry.code, 0);
  assert.match(
    dry.out,
    /^--- a\/Dockerfile\n\+\+\+ b\/Dockerfile\n@@ [\s\S]*\n-ADD app.py \/app.py\r\n\+COPY app.py \/app.py\r\n/,
  );
  assert.equal(readFileSync(join(folder, "Dockerfile"), "utf8"), before);
  const fixed = await plimsoll(folder, ["fix"]);
  assert.deepEqual(
    [fixed.code, fixed.out, fixed.err],
    [0, "Dockerfile: fixed\n", "1 fix applied in 1 file.\n"],
  );
  assert.equal(readFileSync(join(folder, "Dockerfile"), "utf8"), before.replace("ADD", "COPY"));
  assert.equal((await plimsoll(folder, ["fix"])).err, "0 fixes applied in 0 files.\n");
});

test("fix --unsafe goes further, and never writes over a file that is there", async (t) => {
  const folder = folderWith(t, { "app/Dockerfile": "FROM busybox:1.37\nCOPY . /app\nUSER 1\n" });
  const args = ["fix", "--unsafe", "--rule", "copy-whole-context-without-dockerignore"];
  const dry = await plimsoll(folder, [...args, "--dry-run"]);
  assert.match(dry.out, /^--- \/dev\/null\n\+\+\+ b\/app\/\.dockerignore\n/);
  assert.equal(existsSync(join(folder, "app/.dockerignore")), false);
  assert.equal((await plimsoll(folder, args)).out, "app/Dockerfile: fixed\napp/.dockerignore: made\n");
  assert.match(readFileSync(join(folder, "app/.dockerignore"), "utf8"), /\.git/);
  assert.equal((await plimsoll(folder, args)).out, "");
});

test("the language server starts from the command line, and ends with its client", async (t) => {
  const child = spawn(process.execPath, [commandLine, "lsp", "--stdio"], { cwd: folderWith(t) });
  const ended = new Promise((resolve) => child.on("close", resolve));
  const params = { processId: null, rootUri: null, capabilities: {} };
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "initialize", params });
  child.stdin.write(`Content-Length: ${body.length}\r\n\r\n${body}`);
  const answer = await new Promise<string>((resolve) =>
    child.stdout.once("data", (chunk) => resolve(String(chunk))),
  );
  assert.match(answer, /^Content-Length: \d+\r\n\r\n/);
  child.stdin.end();
  await ended;
});
