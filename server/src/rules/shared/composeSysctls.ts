import type { NamedValue } from "../../documents/compose/model";
import type { Severity } from "../../engine/severity";

/** A setting that takes a guard away. */
export interface Weakness {
  readonly pattern: RegExp;
  readonly value: string;
  /** What the service does then, as the end of a sentence. */
  readonly means: string;
  readonly severity: Severity;
}

/** What an entry of `sysctls` weakens; nothing where its value stands in a variable. */
export function weaknessOf({ name, value }: NamedValue): Weakness | undefined {
  return weaknesses.find((one) => one.pattern.test(name) && value?.value?.trim() === one.value);
}

/** Whether the kernel has a value of its own for each container, as the engine demands (https://docs.docker.com/reference/cli/docker/container/run/#sysctl). */
export function isOfContainer(key: string): boolean {
  return /^(?:net\.|fs\.mqueue\.|kernel\.(?:msgmax|msgmnb|msgmni|sem|shmall|shmmax|shmmni|shm_rmid_forced|domainname)$)/.test(
    key,
  );
}

const weaknesses: readonly Weakness[] = [
  {
    pattern: /^net\.ipv[46]\.conf\.[\w-]{1,40}\.(?:accept_redirects|accept_source_route)$/,
    value: "1",
    means: "sends its traffic where a neighbour tells it to",
    severity: "medium",
  },
  {
    pattern: /^net\.ipv4\.conf\.(?:all|default)\.rp_filter$/,
    value: "0",
    means: "takes packets with a forged sender",
    severity: "low",
  },
  {
    pattern: /^net\.ipv4\.tcp_syncookies$/,
    value: "0",
    means: "can be stopped by half-open connections",
    severity: "medium",
  },
  {
    pattern: /^net\.ipv4\.icmp_echo_ignore_broadcasts$/,
    value: "0",
    means: "can be used to flood others with answers",
    severity: "medium",
  },
  {
    pattern: /^net\.ipv4\.ip_forward$|^net\.ipv[46]\.conf\.(?:all|default)\.forwarding$/,
    value: "1",
    means: "passes packets on between its networks",
    severity: "low",
  },
];
