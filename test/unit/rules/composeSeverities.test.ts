import assert from "node:assert/strict";
import test from "node:test";
import { rules } from "../../../server/src/rules/index";
import { findingsOf, inputFor } from "../../support/check";

interface Case {
  readonly rule: string;
  readonly when: string;
  /** The keys of one service, in flow style, after its image. */
  readonly keys: string;
  readonly image?: string;
  readonly severities: readonly string[];
}

const exporter = "prom/node-exporter:v1.9.1";

const cases: readonly Case[] = [
  { rule: "compose-pid-host", when: "any service", keys: "pid: host", severities: ["high"] },
  { rule: "compose-pid-host", when: "an agent", image: exporter, keys: "pid: host", severities: ["low"] },
  {
    rule: "compose-other-runtime-socket",
    when: "any service",
    keys: 'volumes: ["/run:/r"]',
    severities: ["critical"],
  },
  {
    rule: "compose-other-runtime-socket",
    when: "an agent",
    image: exporter,
    keys: 'volumes: ["/var/run:/r"]',
    severities: ["medium"],
  },
  {
    rule: "compose-sensitive-host-dir",
    when: "to write, to read, and programs to read",
    keys: 'volumes: ["/etc:/a", "/etc/ssh:/b:ro", "/usr/bin:/c:ro", "/lib/modules:/d:ro", "/var/lib/docker/containers:/e:ro"]',
    severities: ["high", "medium", "low", "info", "low"],
  },
  {
    rule: "compose-sensitive-host-dir",
    when: "an agent reads, and writes",
    image: exporter,
    keys: 'volumes: ["/proc:/p:ro", "/sys:/s"]',
    severities: ["info", "high"],
  },
  {
    rule: "compose-user-credentials-mounted",
    when: "keys, and their agent",
    keys: 'volumes: ["~/.aws:/a", "$SSH_AUTH_SOCK:/s"]',
    severities: ["high", "medium"],
  },
  {
    rule: "compose-mount-propagation",
    when: "both ways, and one way",
    keys: 'volumes: ["/a:/a:rshared", "/b:/b:rslave"]',
    severities: ["high", "low"],
  },
  {
    rule: "compose-devices-dangerous",
    when: "a disk to write, one to read, and virtual machines",
    keys: 'devices: ["/dev/sdb", "/dev/vda:/dev/vda:r", "/dev/kvm"]',
    severities: ["critical", "high", "low"],
  },
  {
    rule: "compose-devices-dangerous",
    when: "rules for classes",
    keys: "device_cgroup_rules: ['a', 'b 259:* r', 'c *:* rwm', 'c 1:1 r', 'c 1:3 rwm', 'c 189:* rwm']",
    severities: ["critical", "critical", "high", "critical"],
  },
  { rule: "compose-user-root", when: "an image of one's own", keys: "user: root", severities: ["high"] },
  {
    rule: "compose-user-root",
    when: "an image that is root's anyway",
    image: "python:3.13",
    keys: "user: root",
    severities: ["medium"],
  },
  {
    rule: "compose-user-root",
    when: "an image that steps down",
    image: "postgres:17",
    keys: 'user: "0"',
    severities: ["low"],
  },
  { rule: "compose-user-root", when: "an agent", image: exporter, keys: "user: root", severities: ["low"] },
  {
    rule: "compose-host-root-mounted",
    when: "an agent reads, and writes",
    image: exporter,
    keys: "volumes: ['/:/host:ro', '/:/h']",
    severities: ["low", "critical"],
  },
  {
    rule: "compose-cap-add-dangerous",
    when: "an agent looks at processes",
    image: exporter,
    keys: "cap_add: [SYS_PTRACE]",
    severities: ["low"],
  },
  {
    rule: "compose-cap-add-dangerous",
    when: "an agent looks at the processes of the host",
    image: exporter,
    keys: "pid: host, cap_add: [SYS_PTRACE]",
    severities: ["high"],
  },
  {
    rule: "compose-network-host",
    when: "a program that looks for devices",
    image: "linuxserver/plex:1.42",
    keys: "network_mode: host",
    severities: ["low"],
  },
  {
    rule: "compose-plaintext-secret-env",
    when: "the name of an account and its secret, and a name alone",
    keys: "environment: { MINIO_ACCESS_KEY: tidewater, MINIO_SECRET_KEY: tide-and-time, S3_ACCESS_KEY: tidewater, DB_PASSWORD: bar }",
    severities: ["high", "high", "low"],
  },
  {
    rule: "compose-hook-privileged",
    when: "privileged, and root only",
    keys: "post_start: [{ command: a, privileged: true }], pre_stop: [{ command: b, user: root }]",
    severities: ["high", "info"],
  },
  {
    rule: "compose-build-privileged",
    when: "everything, and the network",
    keys: "build: { context: ., entitlements: [security.insecure, network.host] }",
    severities: ["high", "medium"],
  },
  {
    rule: "compose-debug-port",
    when: "not published",
    keys: "command: node --inspect=0.0.0.0 a.js",
    severities: ["low"],
  },
  {
    rule: "compose-debug-port",
    when: "published to one other address",
    keys: 'command: node --inspect=0.0.0.0 a.js, ports: ["10.0.0.5:9229:9229"]',
    severities: ["high"],
  },
  {
    rule: "compose-debug-port",
    when: "published for this machine",
    keys: 'command: node --inspect=0.0.0.0 a.js, ports: ["127.0.0.1:9229:9229"]',
    severities: [],
  },
  {
    rule: "compose-admin-ui-insecure",
    when: "Traefik's dashboard is published, and is not",
    image: "traefik:v3.5",
    keys: 'command: [--api.insecure=true], ports: ["8080:8080"]',
    severities: ["high"],
  },
  {
    rule: "compose-admin-ui-insecure",
    when: "Traefik's dashboard stays inside",
    image: "traefik:v3.5",
    keys: 'command: [--api.insecure=true], ports: ["80:80", "127.0.0.1:8080:8080"]',
    severities: ["low"],
  },
  {
    rule: "compose-ssh-published",
    when: "a Git server",
    image: "gitea/gitea:1.24",
    keys: 'ports: ["222:22"]',
    severities: ["low"],
  },
  {
    rule: "compose-port-all-interfaces",
    when: "SSH of a Git server",
    image: "gitea/gitea:1.24",
    keys: 'ports: ["222:22"]',
    severities: ["low"],
  },
  {
    rule: "compose-port-all-interfaces",
    when: "SSH of something else",
    keys: 'ports: ["222:22"]',
    severities: ["medium"],
  },
  {
    rule: "compose-docker-socket",
    when: "a server that starts builds",
    image: "1dev/server:11",
    keys: 'volumes: ["/var/run/docker.sock:/var/run/docker.sock"]',
    severities: ["medium"],
  },
  {
    rule: "compose-namespace-of-other-container",
    when: "a network, and processes",
    keys: "network_mode: service:a, pid: service:a",
    severities: ["info", "low"],
  },
  { rule: "compose-pids-unlimited", when: "missing", keys: "init: true", severities: ["low"] },
  { rule: "compose-pids-unlimited", when: "lifted", keys: "pids_limit: -1", severities: ["medium"] },
  {
    rule: "compose-sysctls-unsafe",
    when: "routes of others, forged senders, and the host's",
    keys: "sysctls: [net.ipv4.conf.eth0.accept_source_route=1, net.ipv4.conf.all.rp_filter=0, vm.swappiness=1]",
    severities: ["medium", "low", "medium"],
  },
  {
    rule: "compose-oom-kill-disabled",
    when: "spared, and swapping",
    keys: "oom_kill_disable: true, memswap_limit: -1",
    severities: ["medium", "low"],
  },
];

for (const { rule: id, when, keys, image = "app:1", severities } of cases) {
  test(`${id}: ${when}`, () => {
    const rule = rules.find((one) => one.id === id);
    assert.ok(rule !== undefined);
    const text = `services: { web: { image: "${image}", ${keys} } }\n`;
    const found = findingsOf(rule, inputFor(rule, text));
    assert.deepEqual(
      found.map((finding) => finding.severity),
      severities,
    );
  });
}
