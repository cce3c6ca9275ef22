import { parseImageReference } from "../documents/imageReference";
import { publicKeyHeader } from "../engine/requiredConfiguration";
import { maxConfigBytes } from "../limits";
import { createRegistryClient } from "../registry/client";
import { describeSupplyChain } from "../registry/describe";
import { supplyChainOf } from "../registry/supplyChain";
import { plainText } from "../report/plain";
import type { OnlineArgs } from "./online";
import { type ExitCode, exitCodes, type Terminal, UsageError } from "./terminal";

export interface ImageArgs extends OnlineArgs {
  readonly command: "image";
  readonly reference: string;
  /** Files with public keys, one of which must have signed the image. */
  readonly keys: readonly string[];
  /** Whose certificate of Sigstore's counts instead, and who has vouched for it. */
  readonly keyless: { readonly identity: string; readonly issuer: string } | undefined;
  readonly format: "text" | "json";
}

/** Reads `--identity` and `--issuer`. */
export function readKeyless(identity: string | undefined, issuer: string | undefined): ImageArgs["keyless"] {
  if (identity === undefined && issuer === undefined) return undefined;
  // A name is worth as much as whoever vouches for it.
  if (identity === undefined || issuer === undefined)
    throw new UsageError("--identity and --issuer go together");
  return { identity, issuer };
}

/** `plimsoll image`: ends with 1 where signers are given and none of them has signed the image. */
export async function image(args: ImageArgs, terminal: Terminal): Promise<ExitCode> {
  const reference = parseImageReference(args.reference);
  if (reference === undefined || args.reference === "scratch")
    throw new UsageError(`${JSON.stringify(args.reference.slice(0, 100))} is no image reference`);
  if (!args.online) throw new UsageError("image asks a registry, so it takes --online");
  const keys = await Promise.all(args.keys.map((file) => readKey(file, terminal)));
  const ports = await terminal.registryPorts();
  // Whoever names an image on the command line has named its registry.
  const client = createRegistryClient(ports, () => [reference.domain, ...args.registries]);
  const keyless = args.keyless && {
    identities: [args.keyless],
    verifier: await terminal.keylessVerifier(),
  };
  const isVerified = keys.length > 0 || keyless !== undefined;
  const verification = { hashing: ports.hashing, keys, ...(keyless !== undefined && { keyless }) };
  const chain = await supplyChainOf(reference, {
    client,
    signal: terminal.signal,
    ...(isVerified && { verification }),
  });
  if (chain.state !== "known") {
    const reason = chain.state === "unknown" ? chain.reason : `${reference.domain} has no ${args.reference}`;
    terminal.err(`plimsoll: ${plainText(reason)}\n`);
    return exitCodes.fault;
  }
  if (args.format === "json")
    terminal.out(`${JSON.stringify({ version: 1, ...chain.value }, undefined, 2)}\n`);
  else {
    const lines = describeSupplyChain(chain.value, terminal.clock.now());
    const width = Math.max(...lines.map(({ name }) => name.length));
    terminal.out(`${plainText(args.reference)}\n`);
    for (const { name, text } of lines) terminal.out(`  ${name.padEnd(width)}  ${plainText(text)}\n`);
  }
  if (!isVerified || chain.value.signatures.state === "verified") return exitCodes.clean;
  return chain.value.signatures.state === "unknown" ? exitCodes.fault : exitCodes.findings;
}

async function readKey(file: string, { files, absolute }: Terminal): Promise<string> {
  const read = await files.read(absolute(file), maxConfigBytes);
  if (read.state === "read" && read.text.includes(publicKeyHeader)) return read.text;
  const reason =
    read.state === "read"
      ? "holds no public key in PEM"
      : read.state === "failed"
        ? `could not be read: ${read.reason}`
        : "does not exist";
  throw new UsageError(`${file} ${reason}`);
}
