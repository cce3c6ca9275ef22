import type { DockerfileDocument, Flag, Instruction } from "../../documents/dockerfile/model";
import type { Problem } from "../../documents/document";
import { nearestName } from "../../engine/nearestName";
import { type Span, spanOf } from "../../text/span";
import { meantArray } from "./execText";
import { shorten } from "./shorten";
import { spacedEquals } from "./spacedEquals";
import { instructionsOf } from "./stages";

/** Something that a builder refuses. */
export interface Refusal {
  readonly span: Span;
  /** One sentence without a full stop. */
  readonly message: string;
  /** What was probably meant in its place. */
  readonly meant?: string;
}

/**
 * What a builder refuses in a document, as far as no rule of its own speaks of it: instructions before FROM, triggers
 * that ONBUILD cannot have, blanks before an equals sign.
 */
export function refusals(document: DockerfileDocument): readonly Refusal[] {
  const found = [
    ...document.problems.flatMap((problem) => fromProblem(document, problem) ?? []),
    ...instructionsOf(document).flatMap((instruction) => errorsIn(document, instruction)),
  ];
  if (found.length === 0) return found;
  const elsewhere = spansWithRules(document);
  const seen = new Set<string>();
  return found.filter(({ span }) => {
    const key = `${span.start}-${span.end}`;
    if (span.start === span.end || elsewhere.has(key) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function spansWithRules(document: DockerfileDocument): ReadonlySet<string> {
  const spans: Span[] = spacedEquals(document).map(({ nameSpan }) => nameSpan);
  for (const instruction of document.instructions) {
    const { keyword, stageIndex, keywordSpan } = instruction;
    if (stageIndex < 0 && keyword !== "ARG" && keyword !== "UNKNOWN") spans.push(keywordSpan);
    if (keyword === "ONBUILD" && instruction.trigger) spans.push(instruction.trigger.keywordSpan);
  }
  return new Set(spans.map(({ start, end }) => `${start}-${end}`));
}

const keywords: readonly string[] =
  "FROM RUN CMD LABEL EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG ONBUILD STOPSIGNAL HEALTHCHECK SHELL".split(
    " ",
  );

function fromProblem({ text }: DockerfileDocument, { span, message, effect }: Problem): Refusal | undefined {
  if (effect !== "syntax") return undefined;
  const error = { span, message: shorten(message.replace(/\.$/, ""), 120) };
  if (!message.startsWith("No instruction")) return error;
  const written = text.slice(span.start, span.end);
  const meant = nearestName(written.toUpperCase(), keywords);
  if (meant === undefined) return error;
  return { ...error, meant: written === written.toLowerCase() ? meant.toLowerCase() : meant };
}

function errorsIn(document: DockerfileDocument, instruction: Instruction): readonly Refusal[] {
  const errors = flagErrors(document, instruction);
  const { keyword, argumentsSpan, keywordSpan } = instruction;
  if ((keyword === "COPY" || keyword === "ADD") && instruction.destination === undefined) {
    if (instruction.sources.length > 0)
      errors.push({ span: keywordSpan, message: `${keyword} needs a source and a destination` });
  } else if (keyword === "SHELL" && instruction.form === "shell" && !meantArray(document, instruction)) {
    if (argumentsSpan.end > argumentsSpan.start && !isArray(document, argumentsSpan))
      errors.push({ span: argumentsSpan, message: "SHELL takes a JSON array of strings" });
  } else if (keyword === "ENV" || keyword === "LABEL" || keyword === "ARG") {
    const { assignments } = instruction;
    for (const [index, { name, span }] of assignments.entries()) {
      // After a name without a value it is the equals sign of that name.
      const isSpaced = index > 0 && assignments[index - 1]?.value === undefined;
      if (name === "" && !isSpaced)
        errors.push({ span, message: `${keyword} needs a name before the equals sign` });
    }
  }
  return errors;
}

/** An array of anything but strings is a problem of the document already. */
function isArray({ text }: DockerfileDocument, { start, end }: Span): boolean {
  return text.startsWith("[", start) && text.endsWith("]", end);
}

const flagsOf: ReadonlyMap<string, readonly string[]> = new Map([
  ["FROM", ["platform"]],
  ["RUN", ["mount", "network", "security", "device"]],
  ["COPY", ["from", "chown", "chmod", "link", "parents", "exclude"]],
  ["ADD", ["chown", "chmod", "link", "keep-git-dir", "checksum", "exclude", "unpack"]],
  ["HEALTHCHECK", ["interval", "timeout", "start-period", "start-interval", "retries"]],
]);
const switches: ReadonlySet<string> = new Set(["link", "parents", "keep-git-dir", "unpack"]);

function flagErrors(document: DockerfileDocument, instruction: Instruction): Refusal[] {
  const { keyword, flags } = instruction;
  if (flags.length === 0 || keyword === "UNKNOWN" || keyword === "ONBUILD" || hasOwnGrammar(document))
    return [];
  const names = flagsOf.get(keyword) ?? [];
  return flags.flatMap((flag) => flagError(keyword, flag, names) ?? []);
}

function flagError(keyword: string, flag: Flag, names: readonly string[]): Refusal | undefined {
  const { name, nameSpan, value } = flag;
  if (name === "") return undefined;
  if (!names.includes(name)) {
    const meant = nearestName(name, names);
    const message = `${keyword} has no flag --${shorten(name)}`;
    return { span: nameSpan, message, ...(meant === undefined ? {} : { meant: `--${meant}` }) };
  }
  if (value === undefined && !switches.has(name))
    return { span: spanOf(nameSpan.start, nameSpan.end), message: `The flag --${name} needs a value` };
  return undefined;
}

/** Another frontend than Docker's may have flags of its own. */
function hasOwnGrammar({ directives }: DockerfileDocument): boolean {
  return directives.some(
    ({ name, value }) => name === "syntax" && !/^(?:docker\.io\/)?docker\/dockerfile(?:[:@]|$)/.test(value),
  );
}

/** Whether a document is a template of a Dockerfile (Jinja, Go, ERB), so that a builder never reads it as it stands. */
export function isTemplate(document: DockerfileDocument): boolean {
  return document.instructions.some(({ keyword, keywordSpan, argumentsSpan }) => {
    if (keyword === "UNKNOWN")
      return /^(?:\{[{%#]|<%)/.test(document.text.slice(keywordSpan.start, keywordSpan.end));
    return keyword === "FROM" && /\{\{|<%/.test(document.text.slice(argumentsSpan.start, argumentsSpan.end));
  });
}
