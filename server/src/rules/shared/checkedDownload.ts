import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { findOption } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { insertAt, replaceSpan, type TextEdit } from "../../text/edit";
import { spanOf } from "../../text/span";
import { fillIn } from "./fillIn";
import { storedPaths } from "./unpacking";

/** Where a download is put before it is used, by the program that takes it. */
const files: ReadonlyMap<string, string> = new Map([
  ...["sh", "bash", "dash", "ash", "zsh", "ksh"].map((shell) => [shell, "/tmp/install.sh"] as const),
  ["python", "/tmp/install.py"],
  ["python3", "/tmp/install.py"],
  ["php", "/tmp/install.php"],
  ["perl", "/tmp/install.pl"],
  ["node", "/tmp/install.js"],
  ["ruby", "/tmp/install.rb"],
  ["tar", "/tmp/archive"],
  ["bsdtar", "/tmp/archive"],
  ["apt-key", "/tmp/key.asc"],
  ["gpg", "/tmp/key.asc"],
]);

/**
 * Turns `curl … | sh` into a download to a file, a check of its sum, which the user fills in, and a run of the file; a pipe
 * into a program that unpacks an archive or takes a key likewise. Only
 * for two commands of a step's own shell whose words stand as they are written; the step then fails until the sum is there.
 */
export function checkedDownloadFixes(
  document: DockerfileDocument,
  download: ShellCommand,
  interpreter: ShellCommand,
): readonly Fix[] {
  const file = files.get(interpreter.unwrapped.program);
  if (file === undefined || !isPlainPipe(document, download, interpreter)) return [];
  const stored = storingEdit(download, file);
  const run = takers.has(interpreter.unwrapped.program)
    ? takingEdit(interpreter, file)
    : runningEdit(document, interpreter, file);
  if (stored === undefined || run === undefined) return [];
  const between = document.text.slice(download.span.end, interpreter.span.start);
  const pipe = /\|&?/.exec(between);
  if (pipe === null) return [];
  const start = download.span.end + pipe.index;
  const check = `&& echo "SHA256  ${file}" | sha256sum -c - &&`;
  return [
    {
      title: takers.has(interpreter.unwrapped.program)
        ? "Check it by a checksum that you fill in"
        : "Run it from a file, checked by a sum that you fill in",
      safety: "unsafe",
      asks: ["SHA256"],
      edits: [
        stored,
        replaceSpan(spanOf(start, start + pipe[0].length), check),
        run,
        insertAt(interpreter.span.end, ` && rm ${file}`),
      ],
    },
  ];
}

function isPlainPipe(
  { text }: DockerfileDocument,
  download: ShellCommand,
  interpreter: ShellCommand,
): boolean {
  const words = [...download.unwrapped.arguments, ...interpreter.unwrapped.arguments];
  return (
    download.pipeline.length === 2 &&
    download.pipelineIndex === 0 &&
    interpreter.pipelineIndex === 1 &&
    [download, interpreter].every(
      ({ context, runBy, unwrapped }) => context === "top" && runBy === undefined && unwrapped.name?.exact,
    ) &&
    download.redirections.length === 0 &&
    interpreter.redirections.every(
      ({ operator }) => takers.has(interpreter.unwrapped.program) && /^>{1,2}$/.test(operator),
    ) &&
    words.every(({ exact }) => exact) &&
    !text.slice(interpreter.span.start, interpreter.span.end).includes("\n")
  );
}

/** Has the download write to the file: an option more for curl, another value for wget. */
function storingEdit({ unwrapped }: ShellCommand, file: string): TextEdit | undefined {
  const { program, name, arguments: words } = unwrapped;
  if (name === undefined) return undefined;
  if (program === "curl")
    return findOption(unwrapped, "o", "output") ? undefined : insertAt(name.span.end, ` -o ${file}`);
  if (program !== "wget") return undefined;
  for (const [index, { text, span }] of words.entries()) {
    const attached = /^(-[a-zA-Z]{0,9}O|--output-document=)-$/.exec(text)?.[1];
    if (attached !== undefined)
      return replaceSpan(span, attached.endsWith("=") ? attached + file : `${attached} ${file}`);
    const next = words[index + 1];
    if (/^(?:-[a-zA-Z]{0,9}O|--output-document)$/.test(text) && next?.text === "-")
      return replaceSpan(next.span, file);
  }
  return undefined;
}

/** Has the interpreter read the file in place of its input: `sh -s -- --yes` becomes `sh /tmp/install.sh --yes`. */
function runningEdit(
  { text }: DockerfileDocument,
  { unwrapped }: ShellCommand,
  file: string,
): TextEdit | undefined {
  const { name, arguments: words } = unwrapped;
  if (name === undefined) return undefined;
  const first = words.findIndex((word) => !isOption(word));
  const options = first < 0 ? words : words.slice(0, first);
  const rest = first < 0 ? [] : words.slice(first);
  if (/^(?:--?|\/dev\/stdin)$/.test(rest[0]?.text ?? "")) rest.shift();
  const kept = options.filter((word) => word.text !== "-s");
  if (kept.some((word) => /^-[a-z]{0,9}s/.test(word.text) || word.text.startsWith("--"))) return undefined;
  const raw = ({ span }: ShellWord): string => text.slice(span.start, span.end);
  const end = words.at(-1)?.span.end ?? name.span.end;
  return replaceSpan(spanOf(name.span.end, end), ` ${[...kept.map(raw), file, ...rest.map(raw)].join(" ")}`);
}

/** Programs that take what is downloaded as data. */
const takers: ReadonlySet<string> = new Set(["tar", "bsdtar", "apt-key", "gpg"]);

/** Has a program read the file in place of its input, which it calls `-` or does not name at all. */
function takingEdit({ unwrapped }: ShellCommand, file: string): TextEdit | undefined {
  const { program, name, arguments: words } = unwrapped;
  const input = words.find(({ text }) => /^(?:-|\/dev\/stdin)$/.test(text));
  if (input !== undefined) return replaceSpan(input.span, file);
  const last = words.at(-1) ?? name;
  if (last === undefined || program === "apt-key") return undefined;
  const isTar = program !== "gpg";
  if (
    isTar &&
    words.some(({ text }, index) => /^-?[a-zA-Z]*f/.test(text) && (index === 0 || text[0] === "-"))
  )
    return undefined;
  return insertAt(last.span.end, isTar ? ` -f ${file}` : ` ${file}`);
}

function isOption({ text }: ShellWord): boolean {
  return /^-./.test(text) && text !== "--";
}

/** Checks a file that a command stores, by a sum that the user fills in, before the step goes on. */
export function checkedFileFixes(
  { text }: DockerfileDocument,
  command: ShellCommand,
  next: ShellCommand | undefined,
): readonly Fix[] {
  const [file, ...more] = storedPaths(command);
  if (file === undefined || more.length > 0 || next?.joinedBy === "||" || command.joinedBy === "||")
    return [];
  if (command.context !== "top" || command.pipeline.length > 1 || !command.unwrapped.name?.exact) return [];
  if (text.slice(command.span.start, command.span.end).includes("<<")) return [];
  const gap = next ? text.slice(command.span.end, next.span.start) : "";
  const joint = /^[ \t]*[\\`][ \t]*\r?\n[ \t]*&&[ \t]*$/.test(gap) ? gap : " && ";
  // Only a chain of && stops by itself where the sum is another one.
  const stop = next !== undefined && next.joinedBy !== "&&" ? " || exit 1" : "";
  const check = `${joint}echo "SHA256  ${file}" | sha256sum -c -${stop}`;
  return fillIn("Check it by a checksum that you fill in", ["SHA256"], insertAt(command.span.end, check));
}
