import type { Severity } from "../../engine/severity";

/** A place of the host that is more than data, and what its writers and readers gain. */
export interface SensitivePath {
  /** What a container does that writes there. */
  readonly writes: string;
  /** What it sees that reads there. */
  readonly reads: string;
  readonly writable: Severity;
  readonly readable: Severity;
}

const system = (writes: string, reads: string, readable: Severity = "medium"): SensitivePath => ({
  writes,
  reads,
  writable: "high",
  readable,
});

const accounts = system("adds a user or a scheduled command to it", "sees its accounts and keys");
const programs = system("changes the programs that it runs", "sees its programs", "low");
const kernel = system("changes settings of its kernel", "sees its processes and hardware");
const engine = system("changes every other container's files", "sees every other container's files");
const homes = system("adds a key or a command to a user's login", "sees its users' keys and histories");
const logs = system("wipes its traces from the logs", "sees the logs, and what was written there", "low");

/** Directories of Linux hosts by the Filesystem Hierarchy Standard (https://refspecs.linuxfoundation.org/fhs.shtml). */
const paths: readonly (readonly [pattern: RegExp, sensitive: SensitivePath])[] = [
  [/^\/etc$/, accounts],
  [
    /^\/etc\/(?:g?shadow-?|passwd|group|sudoers(?:\.d)?|ssh|pam\.d|security|cron[\w.]{0,9}|systemd|init\.d|profile(?:\.d)?|ld\.so\.[\w.]{1,16}|kubernetes|docker|(?:ssl|pki)\/private|rc\.local)(?:\/|$)/,
    accounts,
  ],
  [/^\/(?:bin|sbin|lib|lib32|lib64|boot|usr|usr\/(?:bin|sbin|lib|lib64|local|local\/s?bin))$/, programs],
  [/^\/(?:boot|usr\/lib\/systemd|lib\/systemd)\//, programs],
  [/^\/lib\/modules(?:\/|$)/, system("has its kernel load code", "sees its kernel modules", "info")],
  [/^\/proc(?:\/|$)/, kernel],
  [/^\/sys(?:\/|$)/, { ...kernel, readable: "low" }],
  [/^\/dev$/, system("uses every device, its disks included", "sees every device", "high")],
  [/^\/var(?:\/lib)?$/, engine],
  [/^\/var\/lib\/docker\/containers$/, { ...engine, readable: "low" }],
  [/^\/var\/lib\/(?:docker|containerd|containers|kubelet|etcd|rancher)(?:\/|$)/, engine],
  [/^\/var\/(?:spool\/cron|spool\/at)(?:\/|$)/, accounts],
  [/^\/var\/log(?:\/(?:journal|audit))?$/, logs],
  [/^\/(?:root|home(?:\/[^/]{1,64})?)$/, homes],
  [/^c:\/(?:windows(?:\/|$)|users$|programdata$)/i, accounts],
];

/** Files in those directories that are for everybody, and a directory that is memory only. */
const harmless =
  /^\/(?:etc\/(?:localtime|timezone|hosts|hostname|resolv\.conf|machine-id|os-release|ssl\/certs|ca-certificates|pki\/ca-trust)|usr\/share|dev\/shm|sys\/fs\/cgroup\/\w{1,40}\.slice|proc\/(?:cpuinfo|meminfo|uptime|version|loadavg|stat|mdstat))(?:\/|$)/;

/**
 * What a path of the host is sensitive for.
 * @param path absolute, with `.` and `..` worked out and no slash at the end
 */
export function sensitivePath(path: string): SensitivePath | undefined {
  if (harmless.test(path)) return undefined;
  return paths.find(([pattern]) => pattern.test(path))?.[1];
}
