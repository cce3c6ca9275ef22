import { auditFolders } from "../../audit/audit";
import { createConfigFiles } from "../../audit/configFiles";
import { findTargets, kindOfTarget } from "../../audit/targets";
import { parseCompose } from "../../documents/compose/parse";
import { createDockerfileParser } from "../../documents/dockerfile/parser";
import type { Profile } from "../../engine/config";
import type { Rule } from "../../engine/rule";
import { maxFileBytes } from "../../limits";
import { counted, findingCount } from "../../report/summary";
import { takenServiceImages } from "../../rules/shared/composeImageUses";
import { takenImages } from "../../rules/shared/imageUses";
import type { Terminal } from "../terminal";
import type { Survey } from "./writeConfiguration";

/** Looks at what a repository does already: what its profiles would report, and where its images come from. */
export async function surveyRepository(
  folder: string,
  boundary: string,
  rules: readonly Rule[],
  terminal: Terminal,
): Promise<Survey> {
  const scope = {
    folders: [folder],
    boundaryOf: () => boundary,
    files: terminal.files,
    configuration: "none" as const,
    signal: terminal.signal,
  };
  const judge = async (profile: Profile) => {
    const result = await auditFolders({
      ...scope,
      base: folder,
      rules,
      version: terminal.version,
      clock: terminal.clock,
      adjust: (config) => ({ ...config, profile }),
    });
    const { critical, high } = result.summary.findings;
    return { profile, checked: result.summary.checked, total: findingCount(result), grave: critical + high };
  };
  const recommended = await judge("recommended");
  const strict = await judge("strict");
  const registries = new Map<string, number>();
  const found = await findTargets(scope, createConfigFiles(terminal.files, rules, "none"));
  for (const target of found.targets) {
    const read = await terminal.files.read(target.realPath, maxFileBytes);
    if (read.state !== "read") continue;
    for (const domain of domainsIn(kindOfTarget(target, read.text), read.text))
      registries.set(domain, (registries.get(domain) ?? 0) + 1);
  }
  // Who would see next to nothing new under the stricter profile loses nothing by it.
  const isNearlyStrict = recommended.checked > 0 && strict.total - recommended.total <= fewFindings;
  return {
    profile: isNearlyStrict ? "strict" : "recommended",
    profiles: [
      `${counted(recommended.checked, "file")}: recommended reports ${counted(recommended.total, "finding")} ` +
        `(${recommended.grave} critical or high), strict ${strict.total} (${strict.grave}).`,
    ],
    registries: [...registries].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)),
  };
}

const fewFindings = 3;

function domainsIn(kind: ReturnType<typeof kindOfTarget>, text: string): readonly string[] {
  const taken =
    kind === "dockerfile"
      ? takenImages(createDockerfileParser().parse(text).document)
      : kind === "compose"
        ? takenServiceImages(parseCompose(text))
        : [];
  return taken.map(({ reference }) => reference.domain);
}
