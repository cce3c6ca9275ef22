import type { Severity } from "../../engine/severity";

/** What each capability lets its holder do, from capabilities(7) of the Linux manual pages. */
export const dangerousCapabilities: ReadonlyMap<
  string,
  { readonly severity: Severity; readonly means: string }
> = new Map([
  ["ALL", { severity: "critical", means: "do what root on the host can" }],
  ["SYS_ADMIN", { severity: "critical", means: "mount file systems and leave the container" }],
  ["SYS_MODULE", { severity: "critical", means: "load code into the host's kernel" }],
  ["SYS_RAWIO", { severity: "critical", means: "write to the host's memory and disks" }],
  ["DAC_READ_SEARCH", { severity: "critical", means: "open any file of the host by its number" }],
  ["BPF", { severity: "high", means: "load programs into the host's kernel" }],
  ["MAC_ADMIN", { severity: "high", means: "change the host's access rules" }],
  ["MAC_OVERRIDE", { severity: "high", means: "get around the host's access rules" }],
  ["SYS_BOOT", { severity: "high", means: "restart the host" }],
  ["SYS_TIME", { severity: "medium", means: "set the host's clock" }],
  ["SYS_PTRACE", { severity: "medium", means: "read and change other processes" }],
  ["PERFMON", { severity: "medium", means: "watch the whole host's performance counters" }],
  ["SYSLOG", { severity: "medium", means: "read the kernel's log and addresses" }],
  ["NET_ADMIN", { severity: "medium", means: "reconfigure the network and its firewall" }],
]);

/** The name of a capability in upper case, without `CAP_`. */
export function capabilityName(text: string): string {
  return text.trim().toUpperCase().replace(/^CAP_/, "");
}

/**
 * Whether a program makes a network interface of its own, which is what NET_ADMIN is for.
 * @param program the repository of its image, in lower case
 */
export function makesTunnel(program: string): boolean {
  return /wireguard|wg-|vpn|tailscale|gluetun|zerotier|netbird|netmaker/.test(program);
}
