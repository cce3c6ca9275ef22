import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { parse } from "yaml";
import { commandLine } from "../support/commandLine";
import { folderWith } from "../support/folder";
import { runHere } from "../support/terminal";

const root = join(__dirname, "../..");
const page = readFileSync(join(root, "docs/pipelines.md"), "utf8");
const skip = process.platform === "win32" ? "the examples are for POSIX shells" : false;

interface Example {
  readonly section: string;
  readonly language: string;
  readonly text: string;
  readonly run: boolean;
}

const examples = [...page.matchAll(/(<!-- not run: [^\n]+ -->\n)?```(\w+)\n([\s\S]*?)\n```/g)].map(
  ({ index, 1: mark, 2: language, 3: text }): Example => ({
    section: /.*\n## ([^\n]+)/s.exec(page.slice(0, index))?.[1] ?? "",
    language: language!,
    text: text!,
    run: mark === undefined,
  }),
);

/** A repository with something to find, and a program `npx` that runs the command line of this commit. */
function repository(t: TestContext): { readonly folder: string; readonly environment: NodeJS.ProcessEnv } {
  const unsafe = 'FROM busybox:1.37\nUSER root\nCMD ["/app"]\n';
  const folder = folderWith(t, { "a/Dockerfile": unsafe, "b/Dockerfile": unsafe });
  const tools = folderWith(t, {
    npx: `#!/bin/sh\n[ "$1" = --yes ] && [ "$2" = plimsoll@0.1.0 ] || exit 99\nshift 2\nexec "${process.execPath}" "${commandLine}" "$@"\n`,
  });
  chmodSync(join(tools, "npx"), 0o755);
  const PATH = `${tools}:${process.env.PATH}`;
  return { folder, environment: { ...process.env, PATH, HOME: folderWith(t), NO_COLOR: "1" } };
}

function shell(
  { folder, environment }: ReturnType<typeof repository>,
  script: string,
  more: NodeJS.ProcessEnv = {},
  program = "sh",
): number | null {
  const args = program === "bash" ? ["-e", "-o", "pipefail", "-c", script] : ["-e", "-c", script];
  const ended = spawnSync(program, args, {
    cwd: folder,
    env: { ...environment, ...more },
    encoding: "utf8",
  });
  assert.doesNotMatch(ended.stderr, /Try "plimsoll --help"|not found/, `${script}\n${ended.stderr}`);
  return ended.status;
}

function findingsIn(folder: string, name: string): number {
  const report = JSON.parse(readFileSync(join(folder, name), "utf8")) as {
    readonly findings?: readonly object[];
    readonly runs?: readonly { readonly results: readonly object[] }[];
  };
  return (report.findings ?? report.runs?.[0]?.results ?? []).length;
}

test("the examples that are commands run, and say what they promise", { skip }, (t) => {
  const place = repository(t);
  for (const { text } of examples.filter(({ language, run }) => language === "sh" && run))
    assert.equal(shell(place, text), 0, text);
  assert.equal(findingsIn(place.folder, "plimsoll.json"), 2);
  assert.equal(findingsIn(place.folder, "plimsoll.sarif"), 2);
  assert.equal(findingsIn(place.folder, "all.json"), 2);
  for (const name of ["plimsoll.html", "all.html", "images.cdx.json"])
    assert.ok(existsSync(join(place.folder, name)), name);
});

test("the action checks, annotates, writes both reports and fails for what is grave", { skip }, (t) => {
  const action = parse(readFileSync(join(root, "action.yml"), "utf8")) as {
    readonly inputs: Readonly<Record<string, { readonly default: string }>>;
    readonly runs: {
      readonly steps: readonly [{ readonly run: string; readonly env: Record<string, string> }];
    };
  };
  const [{ run, env }] = action.runs.steps;
  assert.doesNotMatch(run, /\$\{\{/, "nothing of an input is put into the script itself");
  const with_ = (inputs: Readonly<Record<string, string>>): NodeJS.ProcessEnv =>
    Object.fromEntries(
      Object.entries(env).map(([name, value]) => {
        const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1] ?? "";
        return [name, inputs[input] ?? String(action.inputs[input]!.default)];
      }),
    );
  const place = repository(t);
  assert.equal(shell(place, run, with_({}), "bash"), 1);
  assert.equal(findingsIn(place.folder, "plimsoll.sarif"), 2);
  // The path is one, whatever a shell could read in it, and there is no such path.
  const hostile = with_({ "fail-on": "never", paths: "$(touch owned)\n" });
  assert.throws(() => shell(place, run, hostile, "bash"), /touch owned\) does not exist/);
  assert.equal(existsSync(join(place.folder, "owned")), false);
  assert.equal(shell(place, run, with_({ shard: "1/2", json: "part.json", profile: "strict" }), "bash"), 0);
});

interface Step {
  readonly run?: string;
  readonly script?: string | readonly string[];
  readonly command?: string;
  readonly args?: readonly string[];
}

test("the commands of GitHub, GitLab, Azure, Buildkite and Kubernetes run as these run them", {
  skip,
}, (t) => {
  const place = repository(t);
  const yaml = (section: string): unknown[] =>
    examples
      .filter((example) => example.section === section && example.language === "yaml")
      .map(({ text }) => parse(text) as unknown);
  const matrix = (yaml("GitHub Actions")[1] as { jobs: Record<string, { steps: readonly Step[] }> }).jobs;
  for (const SHARD of ["1", "2", "3", "4"])
    assert.equal(shell(place, matrix.check!.steps[0]!.run!, { SHARD }), 0);
  assert.equal(shell(place, matrix.merge!.steps[0]!.run!), 1);
  assert.equal(findingsIn(place.folder, "plimsoll.sarif"), 2);

  const [gitlab, parallel] = yaml("GitLab") as { plimsoll: { script: readonly string[] } }[];
  const [first, second] = gitlab!.plimsoll.script;
  assert.deepEqual([shell(place, first!), shell(place, second!)], [0, 1]);
  const quality = JSON.parse(
    readFileSync(join(place.folder, "gl-code-quality-report.json"), "utf8"),
  ) as object[];
  assert.equal(quality.length, 2);
  const numbers = { CI_NODE_INDEX: "2", CI_NODE_TOTAL: "4" };
  assert.equal(shell(place, parallel!.plimsoll.script[0]!, numbers), 0);

  const [azure] = yaml("Azure Pipelines") as { steps: readonly Step[] }[];
  assert.equal(shell(place, azure!.steps[0]!.script as string), 1);
  const jenkins = examples.find(({ section }) => section === "Jenkins")!.text;
  assert.equal(shell(place, /sh '([^']+)'/.exec(jenkins)![1]!), 1);
  assert.match(readFileSync(join(place.folder, "plimsoll.xml"), "utf8"), /failures="2"/);

  const [buildkite] = yaml("Buildkite") as { steps: readonly Step[] }[];
  const jobs = { BUILDKITE_PARALLEL_JOB: "0", BUILDKITE_PARALLEL_JOB_COUNT: "4" };
  assert.equal(shell(place, buildkite!.steps[0]!.command!, jobs), 0);
  const [job] = yaml("A Kubernetes Job") as {
    spec: { template: { spec: { containers: readonly Step[] } } };
  }[];
  const [container] = job!.spec.template.spec.containers;
  assert.equal(shell(place, container!.args![0]!, { JOB_COMPLETION_INDEX: "3" }), 0);
  assert.ok(existsSync(join(place.folder, "part-3.json")));
});

test("the task's problem matcher reads what the compact format writes", async (t) => {
  const folder = folderWith(t, {
    "a b/Dockerfile": 'FROM busybox:1.37\nUSER root\nCMD ["/app"]\n',
    Dockerfile: "\0",
  });
  const { out } = await runHere(folder, ["check", "--format", "compact"]);
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    contributes: { problemMatchers: readonly { pattern: Record<string, string | number> }[] };
  };
  const { pattern } = manifest.contributes.problemMatchers[0]!;
  const lines = out.trimEnd().split("\n");
  const read = lines.map((line) => new RegExp(String(pattern.regexp)).exec(line));
  const shown = read.map((match) =>
    [pattern.file, pattern.line, pattern.severity, pattern.code].map((group) => match?.[group as number]),
  );
  assert.deepEqual(shown, [
    ["a b/Dockerfile", "2", "error", "final-stage-user-root"],
    ["Dockerfile", "1", "warning", "unread"],
  ]);
});

test("the hooks, the descriptor and the task name commands that there are", async (t) => {
  const folder = folderWith(t, { Dockerfile: "FROM busybox:1.37\nUSER 1\n" });
  const hooks = parse(readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8")) as {
    entry: string;
    files: string;
  }[];
  for (const { entry, files } of hooks) {
    const ended = await runHere(folder, [...entry.split(" ").slice(1), "Dockerfile"]);
    assert.equal(ended.code, 0, ended.err);
    const names = new RegExp(files.replace("(?i)", ""), "i");
    for (const name of [
      "Dockerfile",
      "x/api.dockerfile",
      "Dockerfile.dev",
      "docker-compose.prod.yml",
      "compose.yaml",
    ])
      assert.match(name, names);
    for (const name of ["Dockerfiles.md", "compose.ts", "mydocker-compose"]) assert.doesNotMatch(name, names);
  }
  const { linters } = parse(
    readFileSync(join(root, "packaging/plimsoll.megalinter-descriptor.yml"), "utf8"),
  ) as { linters: { cli_lint_extra_args: string[]; cli_sarif_args: string[] }[] };
  const [linter] = linters;
  const sarif = linter!.cli_sarif_args.map((arg) => arg.replace("{{SARIF_OUTPUT_FILE}}", "out.sarif"));
  const made = await runHere(folder, [...linter!.cli_lint_extra_args, ...sarif, "Dockerfile"]);
  assert.equal(made.code, 0, made.err);
  assert.equal(findingsIn(folder, "out.sarif"), 0);
  const task = JSON.parse(examples.find(({ language }) => language === "json")!.text) as {
    tasks: [{ command: string }];
  };
  const words = task.tasks[0].command.replace("npx --yes plimsoll@0.1.0 ", "").split(" ");
  assert.equal((await runHere(folder, words)).code, 0);
});

test("the image of the command line passes its own check at strict", async () => {
  const ended = await runHere(root, [
    "check",
    "--profile",
    "strict",
    "--fail-on",
    "info",
    "--strict",
    "packaging",
  ]);
  assert.equal(ended.code, 0, ended.out);
  assert.match(ended.out, /1 file checked, nothing found, 2 suppressed/);
});

test("the version in every example is that of the package", () => {
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  for (const path of ["docs/pipelines.md", "action.yml", "packaging/plimsoll.megalinter-descriptor.yml"]) {
    const text = readFileSync(join(root, path), "utf8");
    for (const [, used] of text.matchAll(/plimsoll@(\d+\.\d+\.\d+)/g)) assert.equal(used, version, path);
  }
  assert.match(readFileSync(join(root, "action.yml"), "utf8"), new RegExp(`default: ${version}\n`));
});
