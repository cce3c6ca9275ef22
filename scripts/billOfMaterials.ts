import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { buildOptions, bundles, root } from "./bundles";

/** A package of which code is in a bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly licence: string;
  /** As the registry gave it: `sha512-…` in base 64. */
  readonly integrity: string | undefined;
  /** Where it is installed, relative to the root. */
  readonly folder: string;
  /** The bundles that hold some of it, in order. */
  readonly bundles: readonly string[];
}

/** What esbuild has really put into the bundles, in order of their names: neither more nor less is shipped. */
export async function bundledPackages(): Promise<readonly BundledPackage[]> {
  const folders = new Map<string, string[]>();
  for (const bundle of bundles) {
    const { metafile } = await build({ ...buildOptions(bundle, true), metafile: true, write: false });
    const [output] = Object.values(metafile.outputs);
    const used = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0);
    for (const folder of new Set(used.flatMap(([file]) => packageFolder(file) ?? [])))
      folders.set(folder, [...(folders.get(folder) ?? []), bundle.outfile]);
  }
  const locked = lockedPackages();
  return [...folders]
    .map(([folder, inBundles]) => packageIn(folder, locked, inBundles))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/**
 * A bill of materials of the extension and the command line, as CycloneDX 1.6 JSON. The same sources give the same bytes.
 * @param vsix the packed extension
 */
export async function billOfMaterials(vsix: Uint8Array): Promise<string> {
  const manifest = record(JSON.parse(readFileSync(path.join(root, "package.json"), "utf8")));
  const version = text(manifest.version);
  const own = `pkg:npm/plimsoll@${version}`;
  const packages = await bundledPackages();
  const components = packages.map(({ name, version, licence, integrity, bundles: files }) => ({
    type: "library",
    "bom-ref": purl(name, version),
    name,
    version,
    licenses: [/[ ()]/.test(licence) ? { expression: licence } : { license: { id: licence } }],
    ...(integrity !== undefined && {
      hashes: [
        { alg: "SHA-512", content: Buffer.from(integrity.slice("sha512-".length), "base64").toString("hex") },
      ],
    }),
    purl: purl(name, version),
    properties: files.map((file) => ({ name: "plimsoll:bundle", value: file })),
  }));
  const metadata = {
    component: {
      type: "application",
      "bom-ref": own,
      name: "plimsoll",
      version,
      licenses: [{ license: { id: text(manifest.license) } }],
      purl: own,
      hashes: [{ alg: "SHA-256", content: createHash("sha256").update(vsix).digest("hex") }],
    },
  };
  const dependencies = [
    { ref: own, dependsOn: components.map((component) => component["bom-ref"]) },
    ...components.map((component) => ({ ref: component["bom-ref"] })),
  ];
  const document = {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    version: 1,
    metadata,
    components,
    dependencies,
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

/** Package URLs write the `@` of a scope as `%40` (https://github.com/package-url/purl-spec). */
function purl(name: string, version: string): string {
  return `pkg:npm/${name.replace(/^@/, "%40")}@${version}`;
}

/** The innermost package that a file belongs to, relative to the root with `/`. */
function packageFolder(file: string): string | undefined {
  const at = file.lastIndexOf("node_modules/");
  if (at < 0) return undefined;
  const [first = "", second = ""] = file.slice(at + "node_modules/".length).split("/");
  return `${file.slice(0, at)}node_modules/${first.startsWith("@") ? `${first}/${second}` : first}`;
}

function packageIn(
  folder: string,
  locked: Readonly<Record<string, unknown>>,
  inBundles: readonly string[],
): BundledPackage {
  const manifest = record(JSON.parse(readFileSync(path.join(root, folder, "package.json"), "utf8")));
  const { integrity } = record(locked[folder]);
  return {
    name: text(manifest.name),
    version: text(manifest.version),
    licence: text(manifest.license),
    integrity: typeof integrity === "string" && integrity.startsWith("sha512-") ? integrity : undefined,
    folder,
    bundles: inBundles,
  };
}

/** The packages of the lock file by their folders. */
export function lockedPackages(): Readonly<Record<string, unknown>> {
  return record(record(JSON.parse(readFileSync(path.join(root, "package-lock.json"), "utf8"))).packages);
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null)
    throw new Error("a manifest or the lock file is no object");
  return value as Readonly<Record<string, unknown>>;
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new Error("a manifest lacks its name, version or licence");
  return value;
}
