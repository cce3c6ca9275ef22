/**
 * The settings that Docker's daemon takes from its file, as of Docker Engine 29 (November 2026), and those that earlier
 * versions took (https://docs.docker.com/reference/cli/dockerd/#daemon-configuration-file). Letter case counts.
 */

/** Names that no other program's `daemon.json` is likely to have. */
const ownKeys = [
  "allow-direct-routing",
  "allow-nondistributable-artifacts",
  "authorization-plugins",
  "bip",
  "bip6",
  "bridge-accept-fwmark",
  "cdi-spec-dirs",
  "cgroup-parent",
  "containerd-namespace",
  "containerd-plugin-namespace",
  "containerd-plugins-namespace",
  "cpu-rt-period",
  "cpu-rt-runtime",
  "cri-containerd",
  "data-root",
  "default-address-pools",
  "default-cgroupns-mode",
  "default-gateway",
  "default-gateway-v6",
  "default-ipc-mode",
  "default-network-opts",
  "default-runtime",
  "default-shm-size",
  "default-ulimits",
  "deprecated-key-path",
  "dns-opts",
  "dns-search",
  "exec-opts",
  "exec-root",
  "firewall-backend",
  "fixed-cidr",
  "fixed-cidr-v6",
  "host-gateway-ip",
  "host-gateway-ips",
  "icc",
  "init-path",
  "insecure-registries",
  "ip-forward",
  "ip-forward-no-drop",
  "ip-masq",
  "ip6tables",
  "iptables",
  "live-restore",
  "log-driver",
  "log-opts",
  "max-concurrent-downloads",
  "max-concurrent-uploads",
  "max-download-attempts",
  "metrics-addr",
  "network-control-plane-mtu",
  "network-diagnostic-port",
  "no-new-privileges",
  "node-generic-resources",
  "raw-logs",
  "registry-mirrors",
  "seccomp-profile",
  "selinux-enabled",
  "shutdown-timeout",
  "storage-driver",
  "storage-opts",
  "swarm-default-advertise-addr",
  "swarm-raft-election-tick",
  "swarm-raft-heartbeat-tick",
  "tlscacert",
  "tlsverify",
  "userland-proxy",
  "userland-proxy-path",
  "userns-remap",
];

/** Names that other programs use as well. */
const commonKeys = [
  "bridge",
  "builder",
  "containerd",
  "debug",
  "dns",
  "experimental",
  "features",
  "group",
  "hosts",
  "http-proxy",
  "https-proxy",
  "init",
  "ip",
  "ipv6",
  "labels",
  "log-format",
  "log-level",
  "mtu",
  "no-proxy",
  "pidfile",
  "proxies",
  "runtimes",
  "tls",
  "tlscert",
  "tlskey",
];

/** Settings that are gone: the daemon of today does not start with them. */
const formerKeys = [
  "api-cors-header",
  "cluster-advertise",
  "cluster-store",
  "cluster-store-opts",
  "disable-legacy-registry",
  "graph",
  "oom-score-adjust",
];

/** The settings that the daemon takes. */
export const daemonKeys: ReadonlySet<string> = new Set([...ownKeys, ...commonKeys]);

/** The settings that it once took. */
export const formerDaemonKeys: ReadonlySet<string> = new Set(formerKeys);

/** The settings that tell a file of Docker's daemon from another program's. */
export const tellingDaemonKeys: ReadonlySet<string> = new Set([
  ...ownKeys,
  ...formerKeys.filter((key) => key !== "graph"),
]);
