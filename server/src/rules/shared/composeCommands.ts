import type { CommandValue, ComposeDocument, Field, Service, Text } from "../../documents/compose/model";
import { distinct, type Selected } from "../../documents/compose/select";
import { commandIn } from "../../documents/compose/values";
import type { ShellCommand } from "../../documents/shell/model";
import { parseShell, scriptOfExec } from "../../documents/shell/parse";
import { entriesOf, scalarOf, spanInScalar } from "../../documents/yaml/tree";
import { type Span, spanOf } from "../../text/span";
import { programOf } from "./composeFix";
import { itemNodes } from "./composeNodes";

/** A shell command that a service starts. */
export interface StartedCommand {
  readonly command: ShellCommand;
  /** What the command's own spans are offsets of. */
  readonly text: string;
  /** The place of a part of `text` in the document. */
  readonly placeOf: (span: Span) => Span;
}

/** `entrypoint` and `command` of all services, each place of the text once. */
export function commandFields(document: ComposeDocument): readonly Selected<Field<CommandValue>>[] {
  return distinct(
    document,
    (service) => [service.entrypoint, service.command],
    (field) => field.valueSpan,
  );
}

/**
 * The commands of `command`, `entrypoint`, `healthcheck.test` and of the hooks, those of scripts in strings included, each
 * place of the text once.
 */
export function startedCommands(document: ComposeDocument): readonly StartedCommand[] {
  const hooks = itemNodes(document, ({ fields }) =>
    ["pre_start", "post_start", "pre_stop"].map((key) => fields.get(key)?.node),
  ).flatMap(({ part }) => commandIn(entriesOf(part).find(({ key }) => key === "command")?.value) ?? []);
  const tests = distinct(
    document,
    ({ healthcheck }) => [healthcheck?.test],
    ({ words }) => words[0]?.span ?? spanOf(0, 0),
  );
  return [
    ...commandFields(document).flatMap(({ service, part }) =>
      readCommand(document, part.value.form, part.value.words, serverOf(service)),
    ),
    ...hooks.flatMap((value) => readCommand(document, value.form, value.words, "")),
    ...tests.flatMap(({ part }) => readTest(document, part)),
  ];
}

/** `["CMD", …]` names a program, `["CMD-SHELL", "…"]` and a string are for a shell. */
function readTest(document: ComposeDocument, { form, words }: CommandValue): readonly StartedCommand[] {
  const isShell = form === "string" || words[0]?.raw === "CMD-SHELL";
  const rest = form === "string" ? words : words.slice(1);
  return readCommand(document, isShell ? "string" : "list", rest, "");
}

/** The program that an image's entrypoint gives options to, where it is not named like the image. */
const servers: ReadonlyMap<string, string> = new Map([
  ["redis", "redis-server"],
  ["valkey", "redis-server"],
  ["keydb", "redis-server"],
]);

function serverOf(service: Service): string {
  const name = programOf(service).split("/").at(-1) ?? "";
  return servers.get(name) ?? (/^[\w.-]{1,60}$/.test(name) ? name : "server");
}

/** @param server goes before a command that begins with an option, as the image's entrypoint does; may be empty */
function readCommand(
  document: ComposeDocument,
  form: CommandValue["form"],
  words: readonly Text[],
  server: string,
): readonly StartedCommand[] {
  const isOptions = server !== "" && words[0]?.raw.trimStart().startsWith("-") === true;
  const parts = isOptions ? [server, ...words.map(({ raw }) => raw)] : words.map(({ raw }) => raw);
  const text = parts.join("\n");
  const starts = startsOf(parts);
  const script =
    form === "string"
      ? parseShell(masked(text, isOptions ? server.length : -1), 0, "posix")
      : scriptOfExec(
          parts.map((value, at) => ({ value, span: spanOf(starts[at]!, starts[at]! + value.length) })),
          spanOf(0, text.length),
        );
  const placeOf = (span: Span): Span => {
    const index = Math.max(
      0,
      starts.findLastIndex((start) => start <= span.start),
    );
    const word = words[isOptions ? Math.max(0, index - 1) : index]!;
    const from = starts[index]!;
    const scalar = scalarOf(word.node);
    return scalar === undefined
      ? word.span
      : spanInScalar(document.text, scalar, span.start - from, span.end - from);
  };
  return script.commands.map((command) => ({ command, text, placeOf }));
}

/** Compose's `$$` is a dollar sign for the shell; of the same length, and never the number of a process. */
function masked(text: string, joint: number): string {
  const dollars = text.replaceAll("$$", "_$");
  return joint < 0 ? dollars : `${dollars.slice(0, joint)} ${dollars.slice(joint + 1)}`;
}

function startsOf(parts: readonly string[]): readonly number[] {
  let at = 0;
  return parts.map((part) => {
    const start = at;
    at += part.length + 1;
    return start;
  });
}
