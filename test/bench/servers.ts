import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type BuildOptions, build } from "esbuild";
import { buildOptions, bundles, root } from "../../scripts/bundles";
import { writeRuleFiles } from "../../scripts/rulesForServer";
import { serverEnvironment, serverNodeOptions } from "../../server/src/lsp/protocol";
import { rules } from "../../server/src/rules/index";
import type { Candidate } from "./client";
import type { TreePrograms } from "./measureTree";

/** Where everything that the benchmark makes goes; ignored by version control. */
const folder = join(root, ".cache/bench");

const peer = { name: "dockerfile-language-server-nodejs", version: "0.15.0" } as const;
const composePeer = { name: "@microsoft/compose-language-service", version: "1.0.0" } as const;
const yamlPeer = { name: "yaml-language-server", version: "2.0.0" } as const;

/** What is measured, all of it built and installed. */
export interface Contestants {
  /** Answers the moment it runs: what Node itself needs. */
  readonly bareNode: string;
  readonly commandLine: string;
  /** The least that a server on the same library does. */
  readonly trivial: Candidate;
  readonly trivialPulled: Candidate;
  readonly plimsoll: Candidate;
  readonly plimsollPulled: Candidate;
  /** The Dockerfile server that npm has; it can only push. */
  readonly peer: Candidate;
  /** Servers that read Compose files; they can only push, and do not wait before they do. */
  readonly composePeers: readonly [composeServer: Candidate, yamlServer: Candidate];
}

/**
 * Bundles our server and command line as for a release, and the trivial server with the same settings; installs the peer.
 */
export async function prepareContestants(): Promise<Contestants> {
  const plimsollPulled = await preparePlimsoll();
  const trivial = await bundleForBench("trivialServer");
  return {
    bareNode: await bundleForBench("bareNode"),
    commandLine: join(folder, "server/out/cli.js"),
    trivial: { name: "trivial server", file: trivial, delivery: "push" },
    trivialPulled: { name: "trivial server, pulled", file: trivial, delivery: "pull" },
    plimsoll: { ...plimsollPulled, name: "Plimsoll", delivery: "push" },
    plimsollPulled,
    peer: {
      name: `${peer.name} ${peer.version}`,
      file: installPeer(peer, "bin/docker-langserver"),
      delivery: "push",
    },
    composePeers: [prepareComposePeer(), prepareYamlPeer()],
  };
}

/** Bundles our server and command line alone; the server is asked as VS Code does it. */
export async function preparePlimsoll(): Promise<Candidate> {
  mkdirSync(folder, { recursive: true });
  for (const bundle of bundles) {
    if (bundle.outfile.startsWith("server/") && bundle.outfile !== "server/out/server.web.js")
      await build(buildOptions(bundle, true, folder));
  }
  writeRuleFiles(rules, join(folder, "server/out"));
  return {
    name: "Plimsoll, pulled",
    file: join(folder, "server/out/server.js"),
    delivery: "pull",
    nodeOptions: serverNodeOptions,
    environment: serverEnvironment,
  };
}

/** Both wait before they answer, which no other server does: what they do after that is what is compared. */
function prepareComposePeer(): Candidate {
  const file = installPeer(composePeer, "bin/docker-compose-langserver");
  withoutWaiting(
    join(file, "../../dist/cjs/service/providers/DiagnosticProvider.js"),
    "DiagnosticDelay = 1000",
    "DiagnosticDelay = 0",
  );
  return { name: `${composePeer.name} ${composePeer.version}`, file, delivery: "push" };
}

function prepareYamlPeer(): Candidate {
  const file = installPeer(yamlPeer, "bin/yaml-language-server");
  withoutWaiting(
    join(file, "../../out/src/yamlSettings.js"),
    "validationDelayMs = 200",
    "validationDelayMs = 0",
  );
  const schema = pathToFileURL(join(root, "server/src/knowledge/composeSchema.json")).href;
  return {
    name: `${yamlPeer.name} ${yamlPeer.version}`,
    file,
    delivery: "push",
    settings: { yaml: { schemas: { [schema]: "compose.yaml" }, schemaStore: { enable: false } } },
  };
}

function withoutWaiting(file: string, waiting: string, at: string): void {
  const text = readFileSync(file, "utf8");
  if (text.includes(at)) return;
  if (!text.includes(waiting)) throw new Error(`${file} does not say how long it waits`);
  writeFileSync(file, text.replace(waiting, at));
}

/** Bundles what the measurement of a whole tree needs. */
export async function prepareTreePrograms(): Promise<TreePrograms> {
  mkdirSync(folder, { recursive: true });
  for (const bundle of bundles)
    if (bundle.outfile === "server/out/cli.js") await build(buildOptions(bundle, true, folder));
  writeRuleFiles(rules, join(folder, "server/out"));
  return {
    commandLine: join(folder, "server/out/cli.js"),
    bareRead: await bundleForBench("bareRead"),
    peakMemory: await bundleForBench("peakMemory"),
  };
}

async function bundleForBench(name: string): Promise<string> {
  const options: BuildOptions = { platform: "node", target: "node20", format: "cjs" };
  await build(buildOptions({ entry: `test/bench/${name}.ts`, outfile: `${name}.js`, options }, true, folder));
  return join(folder, `${name}.js`);
}

function installPeer(
  { name, version }: { readonly name: string; readonly version: string },
  bin: string,
): string {
  const prefix = join(folder, "peer", name.replace(/^@[^/]+\//, ""), version);
  const file = join(prefix, "node_modules", name, bin);
  if (existsSync(file)) return file;
  mkdirSync(prefix, { recursive: true });
  const result = spawnSync(
    "npm",
    [
      ...["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save"],
      ...["--prefix", prefix, `${name}@${version}`],
    ],
    { cwd: prefix, stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" },
  );
  if (result.status !== 0) throw new Error(`npm could not install ${name}@${version}`);
  return file;
}
