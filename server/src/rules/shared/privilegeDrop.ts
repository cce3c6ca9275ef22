import type { Stage } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { hasCommand } from "../../documents/shell/remember";
import { imageFacts } from "../../knowledge/images";
import { maxPrivilegeStages } from "../../ruleLimits";

/** Programs that start another one as a lesser user. */
const droppers: ReadonlySet<string> = new Set([
  "chpst",
  "fixuid",
  "gosu",
  "runuser",
  "s6-applyuidgid",
  "s6-setuidgid",
  "setpriv",
  "setuidgid",
  "su-exec",
]);

/** Programs that need root themselves and start each of their services as its own user. */
const supervisors: ReadonlySet<string> = new Set([
  "init",
  "openrc-init",
  "runsvdir",
  "runit-init",
  "s6-svscan",
  "supervisord",
  "systemd",
]);

/**
 * Servers whose main process only opens ports and logs as root: the workers that answer requests, or the server that it
 * starts, run as a user of their own. Without the versions that packages put behind the name (`php-fpm8.3`).
 */
const servers: ReadonlySet<string> = new Set([
  "apache2",
  "apache2-foreground",
  "apache2ctl",
  "apachectl",
  "dovecot",
  "httpd",
  "httpd-foreground",
  "mariadbd-safe",
  "mysqld_safe",
  "nginx",
  "openresty",
  "php-fpm",
  "smtpd",
  "sshd",
  "vsftpd",
]);

/**
 * Whether the processes of a container that starts as root most likely do not stay root: the base image's own
 * entrypoint gives root up, the stage's entrypoint or command does or is a server that does, or a program made for that
 * is set up in it.
 */
export function dropsPrivileges(stage: Stage): boolean {
  const started = [stage.entrypoint, stage.command].flatMap((start) => start?.script.commands ?? []);
  if (started.some((command) => names(command, droppers) || supervisors.has(command.unwrapped.program)))
    return true;
  if (isServer(started[started.length - 1])) return true;
  for (let at: Stage | undefined = stage, left = maxPrivilegeStages; at && left > 0; at = at.parent, left--) {
    if (setsUpDropper(at)) return true;
  }
  const target = stage.base?.target;
  if (stage.entrypoint !== undefined || target?.kind !== "image") return false;
  const facts = imageFacts(target.reference);
  return facts?.drops !== undefined || (stage.command === undefined && facts?.workers !== undefined);
}

function isServer(command: ShellCommand | undefined): boolean {
  const program = command?.unwrapped.program ?? "";
  return servers.has(program) || servers.has(program.replace(/(?<![\d.])[\d.]+$/, ""));
}

function setsUpDropper(stage: Stage): boolean {
  return stage.instructions.some((instruction) => {
    if (instruction.keyword === "RUN") return hasCommand(instruction.script, namesDropper);
    if (instruction.keyword !== "COPY" && instruction.keyword !== "ADD") return false;
    return [...instruction.sources, ...(instruction.destination ? [instruction.destination] : [])].some(
      ({ text }) => droppers.has(lastPart(text)),
    );
  });
}

function namesDropper(command: ShellCommand): boolean {
  return names(command, droppers);
}

function names(command: ShellCommand, programs: ReadonlySet<string>): boolean {
  return (
    programs.has(command.program) ||
    programs.has(command.unwrapped.program) ||
    command.arguments.some((word) => programs.has(lastPart(word.value ?? word.text).split(/[=@]/)[0] ?? ""))
  );
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
