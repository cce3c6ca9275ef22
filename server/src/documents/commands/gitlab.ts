import { maxResolveSteps } from "../../limits";
import type { Span } from "../../text/span";
import { parseYaml } from "../yaml/parse";
import { entriesOf, itemsOf, resolveAlias, scalarOf, type YamlEntry, type YamlNode } from "../yaml/tree";
import type { NamedImage } from "./model";
import type { Reading, ScriptSource } from "./script";
import { imageAt } from "./yamlImages";
import { scriptOfScalar } from "./yamlScript";

/** The keys of a job that hold scripts (https://docs.gitlab.com/ci/yaml/#script). */
const scriptKeys: ReadonlySet<string> = new Set([
  "script",
  "before_script",
  "after_script",
  "pre_get_sources_script",
]);

/** The scripts of a GitLab pipeline: of each job, of templates and defaults. A script that aliases share is read once. */
export function readGitlab(text: string): Reading {
  const tree = parseYaml(text);
  const scripts: ScriptSource[] = [];
  const images: NamedImage[] = [];
  const seen = new Set<YamlNode>();
  let cutAt: Span | undefined;
  const add = (node: YamlNode): void => {
    const resolved = resolveAlias(node);
    if (seen.has(resolved)) return;
    if (seen.size >= maxResolveSteps) {
      cutAt ??= resolved.span;
      return;
    }
    seen.add(resolved);
    const scalar = scalarOf(resolved);
    if (scalar !== undefined) scripts.push(scriptOfScalar(text, scalar));
    else for (const item of itemsOf(resolved)) add(item);
  };
  for (const { root } of tree.documents) {
    for (const top of entriesOf(root)) {
      if (scriptKeys.has(top.key)) add(top.value);
      images.push(...imagesAt(top));
      for (const field of entriesOf(top.value)) {
        images.push(...imagesAt(field));
        if (scriptKeys.has(field.key)) add(field.value);
        else if (field.key === "hooks")
          for (const hook of entriesOf(field.value)) if (scriptKeys.has(hook.key)) add(hook.value);
      }
    }
  }
  const problems = tree.problems.filter(({ effect }) => effect === "unchecked");
  if (cutAt !== undefined)
    problems.push({ span: cutAt, message: "Too many scripts: the rest is not read", effect: "unchecked" });
  return { scripts, images, problems };
}

/** `image:` and `services:` of a job, of a template, of the defaults or of the whole pipeline: names, or maps with one. */
function imagesAt({ key, value }: YamlEntry): readonly NamedImage[] {
  const nodes = key === "image" ? [value] : key === "services" ? itemsOf(value) : [];
  return nodes.flatMap((node) => {
    const named = entriesOf(node).find((entry) => entry.key === "name");
    return imageAt(named?.value ?? node);
  });
}
