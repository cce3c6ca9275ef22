import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { serviceImages } from "../server/src/knowledge/serviceImages";
import { configurationSchema } from "./generate/configurationSchema";
import { ruleList, rulePages, ruleSummary } from "./generate/rulePages";
import { serviceImagePage } from "./generate/serviceImagePage";
import { settings } from "./generate/settings";
import { snippetFiles } from "./generate/snippets";
import { englishTexts } from "./generate/translations";
import { splitManifest } from "./l10n/manifestTexts";

const root = join(__dirname, "..");

/** Files that the generator owns, by path relative to the root; `undefined` deletes. */
type Outputs = Map<string, string | undefined>;

async function outputs(): Promise<Outputs> {
  const made: Outputs = new Map();
  const index = ruleList(join(root, "server/src/rules"));
  made.set("server/src/rules/index.ts", index);
  // The pages need the rules, and those come by the list: a stale list is written before it is loaded.
  if (!isCheck) write("server/src/rules/index.ts", index);
  const { rules } = (await import("../server/src/rules/index")) as typeof import("../server/src/rules/index");
  for (const page of existingPages()) made.set(page, undefined);
  for (const [path, text] of rulePages(rules)) made.set(path, text);
  made.set("docs/service-images.md", serviceImagePage(serviceImages));
  for (const [path, text] of snippetFiles()) made.set(path, text);
  made.set("schemas/plimsoll.schema.json", json(configurationSchema(rules)));
  const { manifest, texts } = splitManifest(
    withSettings(readFileSync(join(root, "package.json"), "utf8"), settings(rules)),
    existingTexts(),
  );
  made.set("package.json", json(manifest));
  made.set("package.nls.json", json(texts));
  for (const [path, english] of englishTexts(root, rules, texts)) made.set(path, json(english));
  const readme = join(root, "README.md");
  if (existsSync(readme)) made.set("README.md", withTable(readFileSync(readme, "utf8"), ruleSummary(rules)));
  return made;
}

/** The texts that the manifest's keys stand for now. */
function existingTexts(): Readonly<Record<string, string>> {
  const path = join(root, "package.nls.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Record<string, string>) : {};
}

function existingPages(): readonly string[] {
  const folder = join(root, "docs/rules");
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) =>
    name.endsWith(".md") && name !== "not-built.md" ? [`docs/rules/${name}`] : [],
  );
}

function withSettings(manifest: string, configuration: unknown): object {
  const parsed = JSON.parse(manifest) as { contributes?: object };
  return { ...parsed, contributes: { ...parsed.contributes, configuration } };
}

function withTable(readme: string, table: string): string {
  const begin = "<!-- rules: generated -->\n";
  const end = "<!-- /rules -->";
  const from = readme.indexOf(begin);
  const to = readme.indexOf(end);
  if (from < 0 || to < from) return readme;
  return `${readme.slice(0, from + begin.length)}${table}\n${readme.slice(to)}`;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function write(path: string, text: string): void {
  const target = join(root, path);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, text);
}

const isCheck = process.argv.includes("--check");

async function main(): Promise<void> {
  const stale: string[] = [];
  for (const [path, text] of await outputs()) {
    const target = join(root, path);
    const current = existsSync(target) ? readFileSync(target, "utf8") : undefined;
    if (current === text) continue;
    stale.push(path);
    if (isCheck) continue;
    if (text === undefined) rmSync(target);
    else write(path, text);
  }
  if (isCheck && stale.length > 0) {
    console.error(`Stale: ${stale.join(", ")}\nRun: npm run generate`);
    process.exitCode = 1;
  } else console.log(stale.length === 0 ? "Everything is up to date." : `Written: ${stale.join(", ")}`);
}

void main();
