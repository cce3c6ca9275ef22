import type { Config } from "../engine/config";
import type { ExtendedFact } from "../engine/facts";
import type { SignerKey } from "../engine/policy";
import { publicKeyHeader } from "../engine/requiredConfiguration";
import type { Files } from "../platform/ports";
import { readContained } from "./contained";
import { isWithin, resolvePath } from "./paths";

/**
 * Reads the public keys that a configuration names by their files.
 * @param folder of the configuration, from which the files are named
 * @param boundary the folder beyond which nothing is read, absolute and with every link followed
 * @returns the configuration with the keys, what became of each file, and where those lie that may be read
 */
export async function withSignerKeys(
  files: Files,
  config: Config,
  folder: string,
  boundary: string,
): Promise<{
  readonly config: Config;
  readonly facts: readonly ExtendedFact[];
  readonly paths: readonly string[];
}> {
  if (config.policy.signers.length === 0) return { config, facts: [], paths: [] };
  const paths: string[] = [];
  const facts: ExtendedFact[] = [];
  const read = async (key: SignerKey): Promise<SignerKey> => {
    if ("pem" in key) return key;
    const path = resolvePath(folder, key.file);
    const isWithinBoundary = path !== undefined && isWithin(boundary, path);
    if (isWithinBoundary) paths.push(path);
    const text = isWithinBoundary
      ? await keyAt(files, path, boundary)
      : { problem: "it lies outside of the repository" };
    const problem = "problem" in text ? text.problem : undefined;
    facts.push({ text: key.file, problem });
    return "problem" in text ? { ...key, problem: text.problem } : text;
  };
  const signers = await Promise.all(
    config.policy.signers.map(async (signer) => ({
      ...signer,
      keys: await Promise.all(signer.keys.map(read)),
    })),
  );
  return { config: { ...config, policy: { ...config.policy, signers } }, facts, paths };
}

async function keyAt(
  files: Files,
  path: string,
  boundary: string,
): Promise<{ readonly pem: string } | { readonly problem: string }> {
  const read = await readContained(files, path, boundary);
  if (read.state === "absent") return { problem: "it does not exist" };
  if (read.state === "failed") return { problem: read.reason };
  return read.text.includes(publicKeyHeader)
    ? { pem: read.text.trim() }
    : { problem: "it holds no public key in PEM" };
}
