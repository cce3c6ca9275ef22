import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
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
    peer: { name: `${peer.name} ${peer.version}`, file: installPeer(), delivery: "push" },
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

function installPeer(): string {
  const prefix = join(folder, "peer", peer.version);
  const file = join(prefix, "node_modules", peer.name, "bin/docker-langserver");
  if (existsSync(file)) return file;
  mkdirSync(prefix, { recursive: true });
  const result = spawnSync(
    "npm",
    [
      ...["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save"],
      ...["--prefix", prefix, `${peer.name}@${peer.version}`],
    ],
    { cwd: prefix, stdio: ["ignore", "ignore", "inherit"], shell: process.platform === "win32" },
  );
  if (result.status !== 0) throw new Error(`npm could not install ${peer.name}@${peer.version}`);
  return file;
}
