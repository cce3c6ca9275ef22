import type { Stage } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { operandsOf } from "../../documents/shell/queries";
import { hasCommand } from "../../documents/shell/remember";
import { imageFacts } from "../../knowledge/images";
import { maxPrivilegeStages } from "../../ruleLimits";
import { isRootUser } from "./users";

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

/** Programs that need root themselves and start each of their services or sessions as its own user. */
const supervisors: ReadonlySet<string> = new Set([
  ...["atd", "cron", "crond", "dovecot", "inetd", "proftpd", "pure-ftpd", "smbd", "sshd", "vsftpd", "xinetd"],
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
  const gives = (command: ShellCommand): boolean =>
    names(command, droppers) || supervisors.has(command.unwrapped.program) || isToldItsUser(command);
  if (started.some(gives)) return true;
  if (isServer(started[started.length - 1])) return true;
  for (let at: Stage | undefined = stage, left = maxPrivilegeStages; at && left > 0; at = at.parent, left--) {
    if (setsUpDropper(at)) return true;
  }
  const target = stage.base?.target;
  if (stage.entrypoint !== undefined || target?.kind !== "image") return false;
  const facts = imageFacts(target.reference);
  return facts?.drops !== undefined || (stage.command === undefined && facts?.workers !== undefined);
}

/** Whether `su`, `sudo` or the program itself is told another user than root to go on as. */
function isToldItsUser(command: ShellCommand): boolean {
  const { program, unwrapped } = command;
  if (program === "su") {
    const user = operandsOf(command).find(({ literalPrefix }) => literalPrefix !== "-");
    return user !== undefined && !isRootUser(user.value ?? "");
  }
  if (program === "sudo") return namesUser(command.arguments, ["-u", "--user"]);
  return namesUser(unwrapped.arguments, userOptions.get(unwrapped.program) ?? []);
}

/** Whether one of some options has another user than root as its value. */
function namesUser(words: readonly ShellWord[], options: readonly string[]): boolean {
  return words.some(({ text, literalPrefix }, index) => {
    const option = options.find((one) => literalPrefix === one || literalPrefix.startsWith(`${one}=`));
    if (option === undefined) return false;
    const user = literalPrefix === option ? words[index + 1]?.text : text.slice(option.length + 1);
    return user !== undefined && !isRootUser(user.split(":")[0] ?? "");
  });
}

/** By program, the options that name the user which it becomes. */
const userOptions: ReadonlyMap<string, readonly string[]> = new Map([
  ["celery", ["--uid"]],
  ["chroot", ["--userspec"]],
  ["gunicorn", ["-u", "--user"]],
  ["memcached", ["-u", "--user"]],
  ["start-stop-daemon", ["-c", "--chuid"]],
  ["uwsgi", ["--uid"]],
]);

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
    command.arguments.some((word) => programs.has(nameIn(word.value ?? word.text)))
  );
}

/** The last part of a path, without a version behind it: `gosu=1.14`. */
function nameIn(path: string): string {
  const name = lastPart(path);
  const end = name.search(/[=@]/);
  return end < 0 ? name : name.slice(0, end);
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
