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
 * @returns the configuration with the keys, and what became of each file
 */
export async function withSignerKeys(
  files: Files,
  config: Config,
  folder: string,
  boundary: string,
): Promise<{ readonly config: Config; readonly facts: readonly ExtendedFact[] }> {
  if (config.policy.signers.length === 0) return { config, facts: [] };
  const facts: ExtendedFact[] = [];
  const read = async (key: SignerKey): Promise<SignerKey> => {
    if ("pem" in key) return key;
    const text = await keyAt(files, resolvePath(folder, key.file), boundary);
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
  return { config: { ...config, policy: { ...config.policy, signers } }, facts };
}

async function keyAt(
  files: Files,
  path: string | undefined,
  boundary: string,
): Promise<{ readonly pem: string } | { readonly problem: string }> {
  if (path === undefined || !isWithin(boundary, path))
    return { problem: "it lies outside of the repository" };
  const read = await readContained(files, path, boundary);
  if (read.state === "absent") return { problem: "it does not exist" };
  if (read.state === "failed") return { problem: read.reason };
  return read.text.includes(publicKeyHeader)
    ? { pem: read.text.trim() }
    : { problem: "it holds no public key in PEM" };
}
