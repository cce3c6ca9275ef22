import type { Lines } from "../../text/lines";
import { readWords } from "../shell/options";
import { parseShellAt } from "../shell/parse";
import { parseYaml } from "../yaml/parse";
import { removeItem, type WrittenYaml } from "../yaml/remove";
import { entriesOf, itemsOf, scalarOf, type YamlEntry, type YamlNode, type YamlScalar } from "../yaml/tree";
import { optionOf } from "./engineOptions";
import type { EngineCommand, EngineOption, EngineText, NamedImage } from "./model";
import { syntaxOf } from "./optionTable";
import { engineCommandsIn } from "./powershell";
import type { Reading, ScriptSource } from "./script";
import { imageAt, schemedImageAt } from "./yamlImages";
import { scriptOfScalar } from "./yamlScript";

/**
 * The scripts of a GitHub workflow or of an action of one's own, and the containers that its jobs run in
 * (https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax).
 */
export function readWorkflow(text: string, lines: Lines): Reading {
  const tree = parseYaml(text);
  const scripts: ScriptSource[] = [];
  const commands: EngineCommand[] = [];
  const images: NamedImage[] = [];
  for (const { root } of tree.documents) {
    const top = mapOf(root);
    const outer = shellOf(top.get("defaults"));
    for (const { value: job } of entriesOf(top.get("jobs")?.value)) {
      const fields = mapOf(job);
      const runsOn = scalarOf(fields.get("runs-on")?.value)?.value ?? "";
      const shell = shellOf(fields.get("defaults")) ?? outer ?? (/windows/i.test(runsOn) ? "pwsh" : "bash");
      scripts.push(...scriptsOfSteps(text, fields.get("steps")?.value, shell));
      commands.push(...containersOf({ text, lines, tree }, fields));
      images.push(...imagesOfJob(fields), ...imagesOfSteps(fields.get("steps")?.value));
    }
    const runs = mapOf(top.get("runs")?.value);
    scripts.push(...scriptsOfSteps(text, runs.get("steps")?.value, "bash"));
    images.push(...schemedImageAt(runs.get("image")?.value), ...imagesOfSteps(runs.get("steps")?.value));
  }
  return {
    scripts,
    commands,
    images,
    problems: tree.problems.filter(({ effect }) => effect === "unchecked"),
  };
}

function mapOf(node: YamlNode | undefined): ReadonlyMap<string, YamlEntry> {
  return new Map(entriesOf(node).map((entry) => [entry.key, entry]));
}

function shellOf(defaults: YamlEntry | undefined): string | undefined {
  return scalarOf(mapOf(mapOf(defaults?.value).get("run")?.value).get("shell")?.value)?.value;
}

function scriptsOfSteps(text: string, steps: YamlNode | undefined, shell: string): readonly ScriptSource[] {
  return itemsOf(steps).flatMap((step) => {
    const fields = mapOf(step);
    const script = scalarOf(fields.get("run")?.value);
    const own = scalarOf(fields.get("shell")?.value)?.value ?? shell;
    const isPowerShell = /^(?:pwsh|powershell)\b/.test(own);
    if (script === undefined || !(isPowerShell || /^(?:\S*\/)?(?:ba|da|z|k)?sh\b/.test(own))) return [];
    const written = scriptOfScalar(text, script);
    const source = { ...written, text: withoutExpressions(written.text) };
    return isPowerShell ? engineCommandsIn(source) : [source];
  });
}

/** `${{ github.sha }}` is put in before the shell starts: a variable of the same length stands for it. */
function withoutExpressions(script: string): string {
  return script.replace(
    /\$\{\{([^{}\n]{1,300})\}\}/g,
    (_, inside: string) => `\${_${inside.replace(/\W/g, "_")}_}`,
  );
}

/** What a job runs in and beside. */
function imagesOfJob(job: ReadonlyMap<string, YamlEntry>): readonly NamedImage[] {
  const containers = [job.get("container"), ...entriesOf(job.get("services")?.value)];
  return containers.flatMap((entry) => imageAt(mapOf(entry?.value).get("image")?.value ?? entry?.value));
}

function imagesOfSteps(steps: YamlNode | undefined): readonly NamedImage[] {
  return itemsOf(steps).flatMap((step) => schemedImageAt(mapOf(step).get("uses")?.value));
}

/** `container:` and `services:` of a job are started with `docker create` and the options that stand there. */
function containersOf(file: WrittenYaml, job: ReadonlyMap<string, YamlEntry>): readonly EngineCommand[] {
  const own = job.get("container");
  const services = entriesOf(job.get("services")?.value);
  return [...(own === undefined ? [] : [own]), ...services].flatMap((entry) => {
    const fields = mapOf(entry.value);
    const image = scalarOf(fields.get("image")?.value) ?? scalarOf(entry.value);
    if (image === undefined) return [];
    return [
      {
        program: "docker",
        action: "create",
        compose: false,
        span: { start: entry.keySpan.start, end: Math.max(entry.keySpan.end, entry.value.span.end) },
        nameSpan: entry.keySpan,
        options: [
          ...optionsOf(file.text, scalarOf(fields.get("options")?.value)),
          ...volumesOf(file, fields),
        ],
        open: true,
        image: textOfScalar(image),
        written: false,
        commentLine: undefined,
      },
    ];
  });
}

function optionsOf(text: string, scalar: YamlScalar | undefined): readonly EngineOption[] {
  if (scalar === undefined) return [];
  const source = scriptOfScalar(text, scalar);
  const script = parseShellAt(withoutExpressions(source.text), source.places, scalar.span);
  const command = script.commands[0];
  if (command === undefined) return [];
  const words = command.name === undefined ? command.arguments : [command.name, ...command.arguments];
  const syntax = syntaxOf("create", false);
  return readWords(words, syntax, false).options.map((option) => optionOf(option, syntax, text));
}

function volumesOf(file: WrittenYaml, fields: ReadonlyMap<string, YamlEntry>): readonly EngineOption[] {
  return itemsOf(fields.get("volumes")?.value).flatMap((node) => {
    const scalar = scalarOf(node);
    if (scalar === undefined) return [];
    const removal = removeItem(file, node);
    return [
      { name: "volume", span: scalar.span, value: textOfScalar(scalar), removal: removal ? [removal] : [] },
    ];
  });
}

function textOfScalar(scalar: YamlScalar): EngineText {
  const { value, style, span } = scalar;
  const known = !value.includes("${{");
  const written = span.end - span.start - (style === "plain" ? 0 : 2) === value.length;
  return {
    text: written && style !== "plain" ? `"${value}"` : value,
    value: known ? value : undefined,
    prefix: known ? value : value.slice(0, value.indexOf("${{")),
    span,
    exact: written,
  };
}
