import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { BuildCase } from "./cases";
import { mustRunInBuilder, type Outcome, runInBuilder } from "./chroot";
import { builderRoot } from "./folders";
import { secretsAsFiles } from "./secretsAsFiles";
import { type Entry, readTree } from "./tree";
import { buildOptions, containerOptions, runOptions } from "./workshop";

export interface BuiltImage {
  readonly tree: ReadonlyMap<string, Entry>;
  /** What the image says of itself, as JSON by name: its user, variables, command and so on. */
  readonly configuration: ReadonlyMap<string, string>;
  /** Where the values of the case's secrets can be read by anybody who has the image. */
  readonly leaks: ReadonlyMap<string, string>;
  /** Exit status and output of what the image starts; empty where the case does not ask for it. */
  readonly started: ReadonlyMap<string, string>;
}

export type Build =
  | { readonly state: "built"; readonly image: BuiltImage }
  | { readonly state: "failed"; readonly log: string };

/**
 * Builds the Dockerfile of a folder, and reads what came of it.
 *
 * @param folder the build context, as a path inside the builder's root
 * @param tag names the image while it lives
 */
export async function buildImage(testCase: BuildCase, folder: string, tag: string): Promise<Build> {
  const image = `localhost/${tag}`;
  const built = await build(testCase, folder, image, buildableFile(folder));
  if (built.status !== 0) return { state: "failed", log: built.log };
  const inspected = await mustRunInBuilder(["buildah", "inspect", "--type", "image", image]);
  const configuration = configurationOf(JSON.parse(inspected));
  const child = `${image}-child`;
  const hasTriggers = !["null", "[]"].includes(configuration.get("OnBuild") ?? "null");
  if (hasTriggers) {
    const triggered = await build(testCase, folder, child, writeBeside(folder, "child", `FROM ${image}\n`));
    if (triggered.status !== 0) return { state: "failed", log: triggered.log };
  }
  const from = ["buildah", "from", ...containerOptions, "--pull=never", hasTriggers ? child : image];
  const container = (await mustRunInBuilder(from)).trim();
  try {
    const root = path.join(builderRoot, (await mustRunInBuilder(["buildah", "mount", container])).trim());
    const tree = readTree(root);
    return {
      state: "built",
      image: {
        tree,
        configuration,
        leaks: leaksOf(testCase, inspected, root, tree),
        started: testCase.prints !== undefined ? await start(container, configuration) : new Map(),
      },
    };
  } finally {
    await runInBuilder(["buildah", "rm", container]);
  }
}

function build(testCase: BuildCase, folder: string, image: string, file: string): Promise<Outcome> {
  const values = Object.entries(testCase.arguments);
  // The builder names the files of heredocs by their marks alone, so that two builds would mix them up.
  const temporaryFolder = `${folder}.temporary`;
  mkdirSync(path.join(builderRoot, temporaryFolder), { recursive: true });
  return runInBuilder(
    [
      ...["buildah", "build", ...buildOptions, "--tag", image, "--file", file],
      ...values.flatMap(([name, value]) => ["--build-arg", `${name}=${value}`]),
      ...secretOptions(testCase, folder),
      folder,
    ],
    { seconds: 180, extra: { TMPDIR: temporaryFolder } },
  );
}

/** The Dockerfile as this builder understands it. */
function buildableFile(folder: string): string {
  const text = readFileSync(path.join(builderRoot, folder, "Dockerfile"), "utf8");
  return writeBeside(folder, "Dockerfile", secretsAsFiles(text));
}

/** Writes a file beside the build context, so that the context stays as it is. */
function writeBeside(folder: string, ending: string, text: string): string {
  const file = `${folder}.${ending}`;
  writeFileSync(path.join(builderRoot, file), text, { mode: 0o600 });
  return file;
}

function secretOptions({ secrets }: BuildCase, folder: string): readonly string[] {
  return Object.entries(secrets).flatMap(([id, value], index) => [
    "--secret",
    `id=${id},src=${writeBeside(folder, `secret-${index}`, value)}`,
  ]);
}

const compared = [
  ..."User Env Cmd Entrypoint WorkingDir ExposedPorts Volumes Labels StopSignal Healthcheck Shell OnBuild".split(
    " ",
  ),
] as const;

interface Inspected {
  readonly Docker: {
    readonly author?: string;
    readonly config: Readonly<Record<string, unknown>>;
  };
}

function configurationOf({ Docker }: Inspected): ReadonlyMap<string, string> {
  const table = new Map<string, string>([["Author", JSON.stringify(Docker.author ?? "")]]);
  for (const name of compared) {
    const value = Docker.config[name];
    if (name === "Env" && Array.isArray(value)) {
      for (const [variable, text] of value.map((item) => splitOnce(String(item)))) {
        table.set(`Env ${variable}`, JSON.stringify(text));
      }
    } else if (name === "Labels" && typeof value === "object" && value !== null) {
      for (const [label, text] of Object.entries(value)) table.set(`Label ${label}`, JSON.stringify(text));
    } else table.set(name, JSON.stringify(value ?? null));
  }
  return table;
}

function splitOnce(assignment: string): readonly [string, string] {
  const at = assignment.indexOf("=");
  return [assignment.slice(0, at), assignment.slice(at + 1)];
}

function leaksOf(
  { secrets }: BuildCase,
  inspected: string,
  root: string,
  tree: ReadonlyMap<string, Entry>,
): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(secrets).map(([id, value]) => {
      const files = [...tree].filter(
        ([file, { kind, size }]) =>
          kind === "file" && size < 10_000 && readFileSync(path.join(root, file)).includes(value),
      );
      const places = [
        ...(inspected.includes(value) ? ["the image's record"] : []),
        ...files.map(([file]) => file),
      ];
      return [`Secret ${id} in`, places.join(", ") || "nothing"];
    }),
  );
}

/** How often an image is started where it prints nothing. */
const maxStarts = 3;

/**
 * Starts what an image starts. Chroot isolation does not wait for what it passes on, so that a busy machine may lose all
 * output of a program that ends well: such a program is started again.
 */
async function start(
  container: string,
  configuration: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, string>> {
  const words = ["Entrypoint", "Cmd"].flatMap(
    (name): readonly string[] => JSON.parse(configuration.get(name) ?? "null") ?? [],
  );
  const command = ["buildah", "run", ...runOptions, container, "--", ...words];
  let outcome = await runInBuilder(command, { seconds: 60 });
  for (let starts = 1; starts < maxStarts && outcome.status === 0 && outcome.output === ""; starts++)
    outcome = await runInBuilder(command, { seconds: 60 });
  return new Map([
    ["Exit status", String(outcome.status)],
    ["Output", JSON.stringify(outcome.output.trim())],
  ]);
}
