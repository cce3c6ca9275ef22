import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { findOption, findOptions, hasFlag, operandsOf } from "../../documents/shell/queries";
import { webAddressesOf } from "./fetches";
import { programSource } from "./interpreters";

/** Programs that unpack an archive from a file or a pipe. */
const unpackers: ReadonlySet<string> = new Set(
  "tar bsdtar unzip gunzip gzip zcat xz unxz bunzip2 bzip2 zstd unzstd cpio 7z 7za jar dpkg dpkg-deb".split(
    " ",
  ),
);

/** Whether a command unpacks what comes through its pipe, directly or after another that does. */
export function unpacksInput(command: ShellCommand): boolean {
  return unpackers.has(command.unwrapped.program);
}

/**
 * Whether a command unpacks, installs or runs a file, makes it executable, or puts it among the programs.
 *
 * @param name the end of the file's path
 */
export function putsToUse(command: ShellCommand, name: string): boolean {
  const { unwrapped } = command;
  const { program } = unwrapped;
  const isNamed = (word: ShellWord | undefined) => word !== undefined && namesFile(word, name);
  if (program === name.slice(name.lastIndexOf("/") + 1) && isNamed(unwrapped.name)) return true;
  if (!unwrapped.arguments.some(isNamed)) return false;
  if (unpackers.has(program)) return true;
  if (installers.has(program)) return true;
  if (program === "chmod") return makesExecutable(operandsOf(unwrapped)[0]?.value ?? "");
  if (program === "mv" || program === "cp" || program === "install") {
    const target = operandsOf(unwrapped).at(-1);
    return /\/s?bin(?:\/|$)/.test(target?.value ?? target?.text ?? "") || program === "install";
  }
  const source = programSource(command);
  return (source?.kind === "file" && isNamed(source.word)) || program === "java";
}

/** Whether a mode of chmod, in digits or letters, allows somebody to run the file. */
function makesExecutable(mode: string): boolean {
  return /^[0-7]{1,5}$/.test(mode) ? /[1357]/.test(mode) : /[+=][rwst]{0,4}x/i.test(mode);
}

const installers: ReadonlySet<string> = new Set(
  "rpm apt-get apt yum dnf microdnf tdnf zypper apk gdebi installer pip pip3 npm gem".split(" "),
);

/** The names of the files that curl or wget stores, without their folders. */
export function storedFiles(command: ShellCommand): readonly string[] {
  return storedPaths(command).map((path) => path.slice(path.lastIndexOf("/") + 1));
}

/** The paths of the files that curl or wget stores; the last part of each address where no name is given. */
export function storedPaths(command: ShellCommand): readonly string[] {
  const { unwrapped } = command;
  const isCurl = unwrapped.program === "curl";
  const named = isCurl
    ? findOptions(unwrapped, "o", "output")
    : findOptions(unwrapped, "O", "output-document");
  if (named.length > 0) return named.flatMap((option) => fileName(valueText(option.valueWord, option.value)));
  const redirected = command.redirections.find(({ operator }) => operator === ">" || operator === ">|");
  if (redirected?.target) return fileName(redirected.target.value ?? redirected.target.text);
  if (isCurl && !hasFlag(unwrapped, "O", "remote-name") && !findOption(unwrapped, "", "remote-name-all"))
    return [];
  return webAddressesOf(command).flatMap(({ word }) => {
    const path = (word.value ?? word.text.replace(/^["']|["']$/g, "")).split(/[?#]/)[0] ?? "";
    return fileName(path.slice(path.lastIndexOf("/") + 1));
  });
}

function valueText(word: ShellWord | undefined, value: string | undefined): string {
  return value ?? word?.text.replace(/^-[oO]|^--output(?:-document)?=/, "").replace(/^["']|["']$/g, "") ?? "";
}

function fileName(path: string): readonly string[] {
  return path === "" || path === "-" || path.startsWith("/dev/") ? [] : [path];
}

/** Compared by the last part, as written: `x-$V.tgz` is the same file wherever the shell stands. */
function namesFile(word: ShellWord, name: string): boolean {
  const text = word.value ?? word.text.replace(/^["']|["']$/g, "");
  const last = text.slice(text.lastIndexOf("/") + 1);
  return last === name || (last.includes("*") && matchesStar(last, name));
}

/** Whether a name begins and ends as a pattern with stars does. */
function matchesStar(pattern: string, name: string): boolean {
  const first = pattern.indexOf("*");
  const tail = pattern.slice(pattern.lastIndexOf("*") + 1);
  return name.startsWith(pattern.slice(0, first)) && name.endsWith(tail) && pattern.length > 1;
}
