import { configName } from "../../audit/configFiles";
import { readContained } from "../../audit/contained";
import { joinPath, relativePath } from "../../audit/paths";
import type { Rule } from "../../engine/rule";
import { ruleIndexOf } from "../../engine/ruleIndex";
import { plainText } from "../../report/plain";
import type { InitArgs } from "../args";
import { boundaryOf } from "../search";
import { type ExitCode, exitCodes, type Terminal, UsageError } from "../terminal";
import { importCheckov } from "./checkov";
import { importDroast } from "./droast";
import { importHadolint } from "./hadolint";
import { type Imported, type Importer, nothingImported } from "./imported";
import { importKics } from "./kics";
import { surveyRepository } from "./survey";
import { importTrivyIgnore, importTrivyIgnoreYaml } from "./trivy";
import { writeConfiguration } from "./writeConfiguration";

/** The configurations of other tools, by their names. */
const importers: readonly (readonly [string, Importer])[] = [
  [".hadolint.yaml", importHadolint],
  [".hadolint.yml", importHadolint],
  ["droast.toml", importDroast],
  [".trivyignore", importTrivyIgnore],
  [".trivyignore.yaml", importTrivyIgnoreYaml],
  [".checkov.yaml", importCheckov],
  [".checkov.yml", importCheckov],
  ["kics.config", importKics],
];

/** `plimsoll init`: writes a commented `plimsoll.yaml` from what the repository already does. */
export async function init(args: InitArgs, rules: readonly Rule[], terminal: Terminal): Promise<ExitCode> {
  const asked = terminal.absolute(args.path);
  if ((await terminal.files.kindOf(asked)) !== "directory") throw new UsageError(`${args.path} is no folder`);
  const folder = (await terminal.files.realPath(asked)) ?? asked;
  const boundary = await boundaryOf(folder, terminal);
  const path = joinPath(folder, configName);
  const name = relativePath(terminal.cwd, path);
  const exists = (await terminal.files.kindOf(path)) !== undefined;
  if (exists && !args.force && !args.dryRun)
    throw new UsageError(`${name} exists: --force writes over it, --dry-run only prints`);
  const imported: Imported[] = [];
  for (const [source, importer] of importers) {
    const read = await readContained(terminal.files, joinPath(folder, source), boundary);
    if (read.state === "absent") continue;
    imported.push({
      source,
      ...(read.state === "read" ? take(importer, read.text, rules) : unread(read.reason)),
    });
  }
  const text = writeConfiguration(await surveyRepository(folder, boundary, rules, terminal), imported);
  for (const { source, unmapped } of imported)
    for (const line of unmapped)
      terminal.err(`plimsoll: not taken over from ${source}: ${plainText(line)}\n`);
  if (args.dryRun) terminal.out(text);
  else {
    await terminal.files.write(path, text);
    const from = imported.map(({ source }) => source).join(", ");
    terminal.out(`${plainText(name)}: written${from === "" ? "" : `, with what ${from} said`}\n`);
  }
  return exitCodes.clean;
}

function take(importer: Importer, text: string, rules: readonly Rule[]): Omit<Imported, "source"> {
  try {
    return importer(text, ruleIndexOf(rules));
  } catch (error) {
    return unread(error instanceof Error ? error.message.split("\n")[0]! : String(error));
  }
}

function unread(reason: string): Omit<Imported, "source"> {
  return { ...nothingImported, unmapped: [`the whole file, which could not be read: ${reason}`] };
}
