import type { ShellCommand, ShellScript, ShellWord } from "../../documents/shell/model";
import { type SystemFamily, systemCommandOf } from "./systemPackages";

/** A package that brings an SSH server. */
export interface SshPackage {
  readonly word: ShellWord;
  /** Its name without a version. */
  readonly name: string;
  /** Whether people mostly install it for the client that comes along. */
  readonly bringsClient: boolean;
}

/** The packages with an SSH server that a command installs. */
export function sshPackages(command: ShellCommand): readonly SshPackage[] {
  const system = systemCommandOf(command);
  if (system?.action !== "install") return [];
  return system.operands.flatMap((word): readonly SshPackage[] => {
    const name = packageName(word.value);
    if (servers.has(name)) return [{ word, name, bringsClient: false }];
    return both.get(name)?.includes(system.family) ? [{ word, name, bringsClient: true }] : [];
  });
}

/** Whether a script takes a package away again that it has installed, by its name or that of its virtual package. */
export function isRemovedAgain({ commands }: ShellScript, install: ShellCommand, name: string): boolean {
  const names = new Set([name]);
  for (const { long, name: option, value } of systemCommandOf(install)?.options ?? [])
    if (value !== undefined && option === (long ? "virtual" : "t")) names.add(value);
  return commands.some((command) => {
    const system = systemCommandOf(command);
    return system?.action === "remove" && system.operands.some(({ value }) => names.has(packageName(value)));
  });
}

/** Whether a command that starts with the container starts an SSH server; to test a configuration starts none. */
export function startsSshServer(command: ShellCommand): boolean {
  const { program, arguments: words } = command.unwrapped;
  const values = words.map(({ value, literalPrefix }) => value ?? literalPrefix);
  if (program === "sshd") return !values.some((value) => /^-[a-zA-Z46]*[tTGV]/.test(value));
  if (program === "dropbear") return !values.some((value) => /^-[Vh]$/.test(value));
  if (program === "service" || program === "rc-service") return isService(values[0]) && isStart(values[1]);
  if (program === "systemctl") return isStart(values[0]) && isService(values[1]);
  return /\/init\.d\/(?:ssh|sshd|dropbear)$/.test(command.unwrapped.name?.value ?? "") && isStart(values[0]);
}

/** Whether a build step makes an SSH server start with the system. */
export function enablesSshServer({ unwrapped }: ShellCommand): boolean {
  const values = unwrapped.arguments.flatMap(({ value }) =>
    value?.startsWith("-") === false ? [value] : [],
  );
  if (unwrapped.program === "systemctl") return values[0] === "enable" && values.slice(1).some(isService);
  return unwrapped.program === "rc-update" && values[0] === "add" && isService(values[1]);
}

const servers: ReadonlySet<string> = new Set([
  ...["openssh-server", "openssh-server-pam", "task-ssh-server", "tinyssh", "tinysshd"],
  ...["dropbear", "dropbear-bin", "dropbear-run"],
]);

/** Packages that are client and server in one, in the distributions where a client's package is there as well. */
const both: ReadonlyMap<string, readonly SystemFamily[]> = new Map<string, readonly SystemFamily[]>([
  ["openssh", ["apk", "zypper"]],
  ["ssh", ["apt"]],
]);

/** Without a version, an architecture or a repository, as the package managers write them. */
function packageName(word: string | undefined): string {
  const name = (word ?? "").slice(0, 200).split(/[=@<>~:/*]/, 1)[0] ?? "";
  const end = /(?<![\w.+^-])[\w.+^-]+$/.exec(name)?.index ?? name.length;
  const version = name.slice(end).search(/-\d/);
  return version < 0 ? name : name.slice(0, end + version);
}

function isService(name: string | undefined): boolean {
  return /^(?:sshd?|dropbear)(?:\.service)?$/.test(name ?? "");
}

function isStart(verb: string | undefined): boolean {
  return verb === "start" || verb === "restart";
}
