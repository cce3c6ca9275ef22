import type { OptionSyntax } from "../shell/optionSyntax";
import type { EngineAction } from "./model";

/** What is known of the options of a command: which take a value, and what their letters stand for. */
export interface EngineSyntax extends OptionSyntax {
  /** The long name of a letter or of another spelling. */
  nameOf(name: string): string;
}

/**
 * Each option with its letter, as the reference of Docker's command line has them
 * (https://docs.docker.com/reference/cli/docker/container/run/ and the pages beside it, November 2026), and those that
 * Podman and nerdctl add.
 * @param valued names of options with a value, each with its letter behind a slash where it has one: `env/e`
 * @param switches those without a value that have a letter, likewise
 * @param others further spellings: `net=network`
 */
function syntax(valued: string, switches = "", others = ""): EngineSyntax {
  const names = new Map<string, string>();
  const long = new Set<string>();
  let short = "";
  for (const entry of valued.split(" ")) {
    const [name = "", letter] = entry.split("/");
    long.add(name);
    if (letter === undefined) continue;
    short += letter;
    names.set(letter, name);
  }
  for (const entry of switches.split(" ")) {
    const [name = "", letter] = entry.split("/");
    if (letter !== undefined) names.set(letter, name);
  }
  for (const entry of others.split(" ")) {
    const [other = "", name = ""] = entry.split("=");
    names.set(other, name);
    if (long.has(name)) long.add(other);
  }
  return { short, long, nameOf: (name) => names.get(name) ?? name };
}

const start = syntax(
  "add-host annotation attach/a blkio-weight blkio-weight-device cap-add cap-drop cgroup-parent cgroupns cidfile " +
    "cpu-count cpu-percent cpu-period cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares/c cpus cpuset-cpus cpuset-mems " +
    "detach-keys device device-cgroup-rule device-read-bps device-read-iops device-write-bps device-write-iops dns " +
    "dns-option dns-search domainname entrypoint env/e env-file expose gpus group-add health-cmd health-interval " +
    "health-retries health-start-interval health-start-period health-timeout hostname/h io-maxbandwidth io-maxiops ip " +
    "ip6 ipc isolation kernel-memory label/l label-file link link-local-ip log-driver log-opt mac-address memory/m " +
    "memory-reservation memory-swap memory-swappiness mount name network network-alias oom-score-adj pid pids-limit " +
    "platform publish/p pull restart runtime security-opt shm-size stop-signal stop-timeout storage-opt sysctl tmpfs " +
    "ulimit user/u userns uts volume/v volume-driver volumes-from workdir/w " +
    // Podman's own.
    "arch authfile cert-dir cgroup-conf cgroups chrootdirs conmon-pidfile creds decryption-key env-merge gidmap " +
    "group-entry health-on-failure hooks-dir hostuser image-volume init-ctr init-path os passwd-entry personality " +
    "pidfile pod pod-id-file preserve-fds requires retry retry-delay sdnotify seccomp-policy secret shm-size-systemd " +
    "subgidname subuidname systemd timeout tz uidmap umask unsetenv variant",
  "detach/d interactive/i publish-all/P quiet/q tty/t",
  "net=network net-alias=network-alias dns-opt=dns-option",
);

const exec = syntax(
  "detach-keys env/e env-file user/u workdir/w index",
  "detach/d interactive/i tty/t no-tty/T",
);

const composeRun = syntax(
  "build-arg cap-add cap-drop entrypoint env/e env-from-file label/l name publish/p pull user/u volume/v workdir/w",
  "detach/d interactive/i service-ports/P no-tty/T quiet/q",
);

const build = syntax(
  "add-host allow annotation attest build-arg build-context builder cache-from cache-to call cgroup-parent cpu-period " +
    "cpu-quota cpu-shares/c cpuset-cpus cpuset-mems file/f iidfile isolation label memory/m memory-swap metadata-file " +
    "network no-cache-filter output/o platform progress provenance sbom secret security-opt shm-size ssh tag/t target " +
    "ulimit volume/v",
  "quiet/q",
);

const login = syntax("password/p username/u authfile cert-dir compat-auth-file secret", "verbose/v");

const swarm = syntax(
  "advertise-addr availability cert-expiry data-path-addr data-path-port default-addr-pool " +
    "default-addr-pool-mask-length dispatcher-heartbeat external-ca listen-addr max-snapshots snapshot-interval " +
    "task-history-limit",
);

const daemon = syntax(
  "add-runtime allow-nondistributable-artifacts authorization-plugin bip bridge/b cgroup-parent config-file containerd " +
    "cpu-rt-period cpu-rt-runtime data-root default-address-pool default-cgroupns-mode default-gateway " +
    "default-gateway-v6 default-ipc-mode default-network-opt default-runtime default-shm-size default-ulimit dns " +
    "dns-opt dns-search exec-opt exec-root fixed-cidr fixed-cidr-v6 group/G host/H host-gateway-ip http-proxy " +
    "https-proxy init-path insecure-registry ip label log-driver log-format log-level/l log-opt " +
    "max-concurrent-downloads max-concurrent-uploads max-download-attempts metrics-addr mtu no-proxy node-generic-resource " +
    "oom-score-adjust pidfile/p registry-mirror seccomp-profile shutdown-timeout storage-driver/s storage-opt " +
    "swarm-default-advertise-addr tlscacert tlscert tlskey userland-proxy-path userns-remap graph/g",
  "debug/D",
);

/** The options in front of what the client is to do: `docker --context prod run`. */
export const clientSyntax: EngineSyntax = syntax(
  "config context/c host/H log-level/l tlscacert tlscert tlskey " +
    "address/a namespace/n snapshotter cni-path cni-netconfpath data-root cgroup-manager hosts-dir " +
    "connection url identity root runroot runtime storage-driver storage-opt module tmpdir",
  "debug/D",
);

/** Those of Compose, in front of what it is to do. */
export const composeSyntax: EngineSyntax = syntax(
  "ansi env-file file/f parallel profile progress project-directory project-name/p context/c host/H",
);

/** The options of a command that is known. */
export function syntaxOf(action: EngineAction, compose: boolean): EngineSyntax {
  switch (action) {
    case "run":
    case "create":
      return compose ? composeRun : start;
    case "exec":
      return exec;
    case "build":
      return build;
    case "login":
      return login;
    case "daemon":
      return daemon;
    default:
      return swarm;
  }
}
