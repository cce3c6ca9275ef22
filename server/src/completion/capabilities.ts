import type { Proposal } from "./suggestion";

/**
 * The capabilities that Docker gives a container which asks for nothing
 * (https://github.com/moby/moby/blob/v28.0.0/oci/caps/defaults.go), each with what a program needs it for, from
 * capabilities(7) of the Linux manual pages.
 */
const given: readonly (readonly [name: string, use: string])[] = [
  ["NET_BIND_SERVICE", "listen on ports below 1024"],
  ["CHOWN", "give files to other users, as entrypoints that prepare folders do"],
  ["SETUID", "become another user, as entrypoints that give up root do"],
  ["SETGID", "become another group, as entrypoints that give up root do"],
  ["DAC_OVERRIDE", "read and write files whatever their permissions say"],
  ["FOWNER", "change permissions of files that belong to others"],
  ["KILL", "send signals to processes of other users"],
  ["SETPCAP", "give up capabilities of its own"],
  ["SETFCAP", "set capabilities on program files"],
  ["FSETID", "keep set-user-id marks on files that it changes"],
  ["SYS_CHROOT", "change the root folder"],
  ["NET_RAW", "send raw packets, as ping and DHCP do; lets it forge its neighbours' addresses"],
  ["MKNOD", "make device files"],
  ["AUDIT_WRITE", "write to the kernel's audit log, as login programs do"],
];

/** Further ones that a service may have a reason for. Those that are root by another name are not among them. */
const further: readonly (readonly [name: string, use: string])[] = [
  ["IPC_LOCK", "keep memory from being swapped out, as vaults and databases do"],
  ["SYS_NICE", "set priorities of processes, as databases do"],
  ["SYS_RESOURCE", "raise its own limits"],
  ["NET_BROADCAST", "send to everybody on its network"],
  ["WAKE_ALARM", "wake the system"],
  ["BLOCK_SUSPEND", "keep the system awake"],
  ["CHECKPOINT_RESTORE", "freeze and restore processes"],
  ["LEASE", "take leases on files"],
  ["NET_ADMIN", "configure network and firewall, as VPNs do; reported, say why in a comment"],
  ["SYS_PTRACE", "read and change other processes, as debuggers do; reported, say why in a comment"],
];

/**
 * What can be added to a service: what Docker gives anyway only where everything was dropped.
 *
 * @param needed what the image is known to need after everything was dropped, with the page that says so
 */
export function addableCapabilities(
  droppedAll: boolean,
  needed: { readonly value: readonly string[]; readonly source: string } | undefined,
  present: ReadonlySet<string>,
): readonly Proposal[] {
  const required = droppedAll ? (needed?.value ?? []) : [];
  const first = required.map((name) => {
    const use = [...given, ...further].find(([other]) => other === name)?.[1];
    return proposal(name, use, `The image needs it ([source](${needed?.source})).`);
  });
  const others = [...(droppedAll ? given : []), ...further]
    .filter(([name]) => !required.includes(name))
    .map(([name, use]) => proposal(name, use));
  return [...first, ...others].filter(({ text }) => !present.has(text));
}

/** What can be taken from a service: everything, or else what Docker gives it. */
export function droppableCapabilities(present: ReadonlySet<string>): readonly Proposal[] {
  if (present.has("ALL")) return [];
  const all: Proposal = {
    label: "ALL",
    kind: "capability",
    text: "ALL",
    detail: "take every capability; add back below cap_add what it needs",
    documentation:
      "Most services need none. Those that start as root and give it up need SETUID and SETGID, those that listen below port 1024 NET_BIND_SERVICE.",
  };
  return [all, ...given.map(([name, use]) => proposal(name, use))].filter(({ text }) => !present.has(text));
}

function proposal(name: string, use: string | undefined, remark?: string): Proposal {
  const sentence = use === undefined ? undefined : `Lets it ${use}.`;
  const documentation = [sentence, remark].filter((part) => part !== undefined).join("\n\n");
  return {
    label: name,
    kind: "capability",
    text: name,
    ...(use === undefined ? {} : { detail: use }),
    ...(documentation === "" ? {} : { documentation }),
  };
}
