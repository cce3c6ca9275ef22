import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { buildOptions, bundles } from "../../scripts/bundles";
import type { Candidate } from "./client";

const root = join(import.meta.dirname, "../..");

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

/** Bundles our server, our command line and the trivial server in the same way, as for a release, and installs the peer. */
export async function prepareContestants(): Promise<Contestants> {
  mkdirSync(folder, { recursive: true });
  const trivial = await bundle("test/bench/trivialServer.ts", "trivial.js");
  const server = await release("server/out/server.js");
  await release("server/out/features.js");
  return {
    bareNode: await bundle("test/bench/bareNode.ts", "bareNode.js"),
    commandLine: await release("server/out/cli.js"),
    trivial: { name: "trivial server", file: trivial, delivery: "push" },
    trivialPulled: { name: "trivial server, pulled", file: trivial, delivery: "pull" },
    plimsoll: { name: "Plimsoll", file: server, delivery: "push" },
    plimsollPulled: { name: "Plimsoll, pulled", file: server, delivery: "pull" },
    peer: { name: `${peer.name} ${peer.version}`, file: installPeer(), delivery: "push" },
  };
}

/** Builds a file of ours as for a release, in a folder of the benchmark's own. */
async function release(outfile: string): Promise<string> {
  const bundle = bundles.find((candidate) => candidate.outfile === outfile);
  if (bundle === undefined) throw new Error(`there is no bundle ${outfile}`);
  await build(buildOptions(bundle, true, folder));
  return join(folder, outfile);
}

async function bundle(entry: string, name: string): Promise<string> {
  const outfile = join(folder, name);
  await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    legalComments: "none",
    logLevel: "warning",
    define: { __VERSION__: '"0.0.0-bench"' },
  });
  return outfile;
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
