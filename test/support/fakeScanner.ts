import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith } from "./folder";

/** A program that stands for a scanner: it notes its arguments and says what it was told to. */
export interface FakeScanner {
  /** The folder that goes on the path. */
  readonly folder: string;
  /** A file with one line of JSON for each time that it was started: its arguments. */
  readonly calls: string;
}

/**
 * Writes a scanner that runs on this Node.
 * @param body JavaScript that has `args` and `say(text)`; by default it says nothing
 */
export function fakeScanner(t: Parameters<typeof folderWith>[0], name: string, body: string): FakeScanner {
  const folder = join(folderWith(t), "bin");
  mkdirSync(folder);
  const calls = join(folder, "calls");
  writeFileSync(calls, "");
  const program = `#!${process.execPath}
const args = process.argv.slice(2);
const say = (text) => process.stdout.write(typeof text === "string" ? text : JSON.stringify(text));
require("node:fs").appendFileSync(${JSON.stringify(calls)}, JSON.stringify(args) + "\\n");
${body}
`;
  writeFileSync(join(folder, name), program);
  chmodSync(join(folder, name), 0o755);
  return { folder, calls };
}

/** What Trivy says of an image with some vulnerabilities. */
export function trivyBody(severities: readonly string[], fixed: number): string {
  const entries = severities.map((severity, index) => ({
    VulnerabilityID: `CVE-2026-${index + 1}`,
    PkgName: "openssl",
    InstalledVersion: "3.0.1",
    ...(index < fixed && { FixedVersion: "3.0.2" }),
    Severity: severity,
  }));
  return `if (args[0] === "version") say({ Version: "0.60.0", VulnerabilityDB: { UpdatedAt: "2026-11-20T00:00:00Z" } });
else say({ SchemaVersion: 2, ArtifactName: args.at(-1), ArtifactType: "container_image", Metadata: {},
  Results: [{ Vulnerabilities: ${JSON.stringify(entries)} }] });`;
}
