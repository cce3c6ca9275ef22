import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { plimsoll } from "../../support/commandLine";
import { fakeScanner, trivyBody } from "../../support/fakeScanner";
import { folderWith } from "../../support/folder";
import { putIndex, startTestRegistry } from "../../support/registry";

const rules = ["--rule", "base-image-vulnerable", "--rule", "compose-image-vulnerable"];

interface Said {
  readonly findings: readonly {
    readonly path: string;
    readonly message: string;
    readonly severity: string;
  }[];
  readonly notChecked: readonly { readonly path: string; readonly reason: string }[];
}

/** Runs a check with a path and folders of its own. */
function runnerFor(t: TestContext, folder: string, path: string) {
  const home = folderWith(t);
  const environment = { PATH: path, HOME: home, XDG_CACHE_HOME: join(home, "cache"), DOCKER_CONFIG: home };
  return (...args: readonly string[]) =>
    plimsoll(folder, ["check", ...rules, "--format", "json", ...args], undefined, environment);
}

function callsOf(file: string): readonly (readonly string[])[] {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as string[]);
}

test("--scan has the scanner look at each image once, by its digest, and keeps what it said", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const digest = putIndex(registry, "team/app", {}, "1.0");
  const old = `sha256:${"0".repeat(64)}`;
  const folder = folderWith(t, {
    Dockerfile: `FROM ${host}/team/app:1.0 AS a\nFROM ${host}/team/app:1.0\nFROM ${host}/team/app:0.9@${old}\nFROM scratch\n`,
    "compose.yaml": `services:\n  a:\n    image: ${host}/team/app:1.0\n  b:\n    image: other.example.com/x:1\n  c:\n    image: ${host}/team/gone:1\n`,
  });
  const scanner = fakeScanner(t, "trivy", trivyBody(["CRITICAL", "HIGH", "LOW"], 1));
  const check = runnerFor(t, folder, scanner.folder);
  const online = ["--online", "--registry", host, "--scan", "trivy"];
  const first = await check(...online);
  assert.equal(first.code, 1, first.err);
  const said = JSON.parse(first.out) as Said;
  const counts = "1 critical and 1 high vulnerabilities, 1 fixable (Trivy)";
  assert.deepEqual(
    said.findings.map(({ path, message, severity }) => [path, severity, message.replace(host, "HOST")]),
    [
      ["Dockerfile", "high", `HOST/team/app:1.0 has ${counts}`],
      ["Dockerfile", "high", `HOST/team/app:1.0 has ${counts}`],
      ["Dockerfile", "high", said.findings[2]!.message.replace(host, "HOST")],
      ["compose.yaml", "high", `HOST/team/app:1.0 has ${counts}`],
    ],
  );
  assert.deepEqual(
    said.notChecked.map(({ path, reason }) => `${path}: ${reason.replaceAll(host, "HOST")}`),
    [
      "compose.yaml: other.example.com/x:1 was not scanned: other.example.com is not among the registries that may be asked",
      "compose.yaml: HOST/team/gone:1 was not scanned: HOST has no such image",
    ],
  );
  const scans = callsOf(scanner.calls).filter(([command]) => command === "image");
  const fixed = ["image", "--format", "json", "--quiet", "--scanners", "vuln"];
  assert.deepEqual(scans, [
    [...fixed, `${host}/team/app@${digest}`],
    [...fixed, `${host}/team/app@${old}`],
  ]);
  const second = await check(...online);
  assert.deepEqual(JSON.parse(second.out), JSON.parse(first.out));
  assert.equal(callsOf(scanner.calls).filter(([command]) => command === "image").length, 2);
});

test("another version, another database and another image are scanned anew", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  putIndex(registry, "team/app", {}, "1.0");
  const folder = folderWith(t, { Dockerfile: `FROM ${host}/team/app:1.0\n`, state: "one" });
  const state = JSON.stringify(join(folder, "state"));
  const body = `const state = require("node:fs").readFileSync(${state}, "utf8");
if (args[0] === "version") say(state);
else say({ ArtifactName: "x", ArtifactType: "container_image", Results: [] });`;
  const scanner = fakeScanner(t, "trivy", body);
  const check = runnerFor(t, folder, scanner.folder);
  const scans = async (): Promise<number> => {
    assert.equal((await check("--online", "--registry", host, "--scan", "auto")).code, 0);
    return callsOf(scanner.calls).filter(([command]) => command === "image").length;
  };
  assert.deepEqual([await scans(), await scans()], [1, 1]);
  writeFileSync(join(folder, "state"), "two");
  assert.equal(await scans(), 2);
  putIndex(registry, "team/app", { user: "7" }, "1.0");
  assert.equal(await scans(), 3);
});

test("Grype, Docker Scout and Snyk are run in their own way", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  const digest = putIndex(registry, "team/app", {}, "1.0");
  const folder = folderWith(t, { Dockerfile: `FROM ${host}/team/app:1.0\n` });
  const image = `${host}/team/app@${digest}`;
  const grype = {
    source: { type: "image", target: { userInput: "x" } },
    matches: [
      {
        vulnerability: { id: "CVE-1", severity: "High", fix: { state: "fixed", versions: ["2"] } },
        artifact: { name: "a" },
      },
    ],
  };
  const scout = {
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "docker scout",
            rules: [
              {
                id: "CVE-1",
                properties: {
                  cvssV3_severity: "CRITICAL",
                  fixed_version: "not fixed",
                  purls: ["pkg:deb/debian/openssl@3.0.1?os_name=debian"],
                },
              },
            ],
          },
        },
        results: [{ ruleId: "CVE-1", message: { text: "" } }],
      },
    ],
  };
  const snyk = {
    docker: {},
    path: "x",
    vulnerabilities: [{ id: "SNYK-1", packageName: "a", severity: "critical", nearestFixedInVersion: "2" }],
  };
  for (const [id, program, isState, answer, code, call, counts] of [
    [
      "grype",
      "grype",
      'args[0] !== "version" && args[0] !== "db"',
      grype,
      0,
      [`registry:${image}`, "--output", "json", "--quiet"],
      "0 critical and 1 high vulnerabilities, 1 fixable (Grype)",
    ],
    [
      "scout",
      "docker",
      'args[1] !== "version"',
      scout,
      0,
      ["scout", "cves", "--format", "sarif", `registry://${image}`],
      "1 critical and 0 high vulnerabilities, 0 fixable (Docker Scout)",
    ],
    [
      "snyk",
      "snyk",
      'args[0] !== "--version"',
      snyk,
      1,
      ["container", "test", image, "--json"],
      "1 critical and 0 high vulnerabilities, 1 fixable (Snyk)",
    ],
  ] as const) {
    const body = `if (${isState}) { say(${JSON.stringify(answer)}); process.exitCode = ${code}; } else say("1.0");`;
    const scanner = fakeScanner(t, program, body);
    const ended = await runnerFor(t, folder, scanner.folder)("--online", "--registry", host, "--scan", id);
    // What is high is a finding of medium severity.
    assert.equal(ended.code, counts.startsWith("0 critical") ? 0 : 1, ended.err);
    const [finding] = (JSON.parse(ended.out) as Said).findings;
    assert.ok(finding?.message.endsWith(counts), finding?.message);
    assert.ok(
      callsOf(scanner.calls).some((args) => JSON.stringify(args) === JSON.stringify(call)),
      id,
    );
  }
});

test("a scanner that fails, talks too much, is missing or lies with the files is told of", async (t) => {
  const registry = await startTestRegistry(t);
  const { host } = registry;
  putIndex(registry, "team/app", {}, "1.0");
  const folder = folderWith(t, { Dockerfile: `FROM ${host}/team/app:1.0\n` });
  const online = ["--online", "--registry", host, "--scan"];
  for (const [body, expected] of [
    [
      'process.stderr.write("one\\n\\x1b[31mno database\\n"); process.exitCode = 3;',
      /Trivy ended with 3: \[31mno database$/,
    ],
    ['say("no json");', /what Trivy said could not be read/],
    ["process.kill(process.pid, 'SIGKILL');", /Trivy could not be run: it was ended by SIGKILL/],
    [
      "const text = 'x'.repeat(1e6); for (let i = 0; i < 80; i++) say(text);",
      /it wrote more than 67,108,864 bytes/,
    ],
  ] as const) {
    const scanner = fakeScanner(t, "trivy", `if (args[0] === "version") say("1"); else { ${body} }`);
    const ended = await runnerFor(t, folder, scanner.folder)(...online, "trivy");
    const [gap] = (JSON.parse(ended.out) as Said).notChecked;
    assert.match(gap?.reason ?? "", expected);
  }
  const none = await runnerFor(t, folder, folderWith(t))(...online, "auto");
  assert.deepEqual([none.code, none.out], [2, ""]);
  assert.match(none.err, /no scanner was found: Trivy, Grype, Docker Scout, Snyk are known/);

  const hostile = fakeScanner(t, "trivy", trivyBody([], 0));
  const inside = folderWith(t, { "work/Dockerfile": `FROM ${host}/team/app:1.0\n` });
  cpSync(join(hostile.folder, "trivy"), join(inside, "work/bin/trivy"));
  const work = join(inside, "work");
  const ended = await runnerFor(t, work, join(work, "bin"))(...online, "trivy");
  assert.equal(ended.code, 2);
  assert.match(ended.err, /Trivy was not found/);
  // A path that somebody wrote on the command line is another thing.
  const named = await runnerFor(t, work, "/nowhere")(...online, `trivy=${join(work, "bin/trivy")}`);
  assert.equal(named.code, 0, named.err);
});

test("wrong usage of --scan", async (t) => {
  const folder = folderWith(t, { Dockerfile: "FROM node:22\n" });
  const check = runnerFor(t, folder, folderWith(t));
  for (const [args, expected] of [
    [["--scan", "trivy"], /takes --online/],
    [["--scan", "clair", "--online"], /takes trivy, grype, scout, snyk or auto/],
    [["--scan", "auto=/bin/true", "--online"], /does not say by its name which scanner/],
    [["--scan", "trivy=/nowhere/trivy", "--online"], /is no program/],
  ] as const) {
    const ended = await check(...args);
    assert.equal(ended.code, 2, args.join(" "));
    assert.match(ended.err, expected);
  }
});
