import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type BundledPackage, bundledPackages } from "./billOfMaterials";
import { root } from "./bundles";

/** Where the notices are written; both packages carry the file. */
export const noticesFile = "THIRD-PARTY-NOTICES.txt";

const head = `Plimsoll holds code of the packages below, under these licences.
`;

/**
 * The licences of everything that is bundled, as most of them ask for: their texts as the packages carry them, each once.
 * @throws Error where a package has no text of its licence
 */
export async function thirdPartyNotices(): Promise<string> {
  const packagesByText = new Map<string, BundledPackage[]>();
  for (const bundled of await bundledPackages()) {
    const text = licenceText(bundled);
    packagesByText.set(text, [...(packagesByText.get(text) ?? []), bundled]);
  }
  const parts = [...packagesByText].map(([text, packages]) => {
    const names = packages.map(({ name, version, licence }) => `${name} ${version} (${licence})`);
    return `${"-".repeat(80)}\n${names.join("\n")}\n\n${text}\n`;
  });
  return `${head}\n${parts.join("\n")}`;
}

/** The texts of a package's licence and, as Apache-2.0 wants them kept, of its notices. */
function licenceText({ name, folder, licence }: BundledPackage): string {
  const files = readdirSync(path.join(root, folder)).filter((file) => /^(?:licen[cs]e|notice)\b/i.test(file));
  // Of a licence that names nobody, which is ours as well, any copy is the text.
  if (files.length === 0 && licence === "Apache-2.0") return textOf("LICENSE");
  if (files.length === 0) throw new Error(`${name} has no text of its licence`);
  return files
    .sort()
    .map((file) => textOf(path.join(folder, file)))
    .join("\n\n");
}

function textOf(file: string): string {
  return readFileSync(path.join(root, file), "utf8").replaceAll("\r\n", "\n").trim();
}
