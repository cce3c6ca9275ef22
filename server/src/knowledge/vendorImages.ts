import type { ImageReference } from "../documents/imageReference";
import type { JudgedImage } from "./officialImages";
import { matchesPattern } from "./pattern";

/** Images outside the official library, from their publishers' build files and documentation. */
export interface VendorImage extends JudgedImage {
  /** Patterns over `domain/path`; `*` stands for anything. */
  readonly names: readonly string[];
  /** Patterns over the tag, where the entry is about some versions only. */
  readonly tags?: readonly string[];
}

/** The entry for an image: the first whose name and tag match. */
export function vendorImage(reference: ImageReference): VendorImage | undefined {
  const tag = reference.tag ?? "latest";
  return vendorImages.find(
    ({ names, tags }) =>
      names.some((pattern) => matchesPattern(pattern, reference.name)) &&
      (tags === undefined || tags.some((pattern) => matchesPattern(pattern, tag))),
  );
}

/** The first entry with a matching name counts, so that exceptions stand before their family. */
const vendorImages: readonly VendorImage[] = [
  // Minimal bases.
  {
    names: ["gcr.io/distroless/*"],
    user: "root",
    tagUsers: [["*nonroot*", "nonroot"]],
    users: ["nonroot:65532"],
    family: "distroless",
  },
  { names: ["cgr.dev/chainguard/wolfi-base"], user: "root", users: ["nonroot:65532"], family: "alpine" },
  { names: ["cgr.dev/chainguard/*"], user: "65532", users: ["nonroot:65532"], family: "distroless" },
  {
    names: ["dhi.io/*"],
    user: "nonroot",
    tagUsers: [["*-dev", "root"]],
    users: ["nonroot:65532"],
    family: "distroless",
  },

  // Microsoft.
  {
    names: ["mcr.microsoft.com/dotnet/*"],
    tags: ["1.*", "2.*", "3.*", "5.*", "6.*", "7.*"],
    user: "root",
    tagUsers: [
      ["*nanoserver*", "ContainerUser"],
      ["*windowsservercore*", "ContainerAdministrator"],
      ["*chiseled*", "app"],
      ["*distroless*", "app"],
    ],
    family: "debian",
  },
  {
    names: ["mcr.microsoft.com/dotnet/*"],
    user: "root",
    tagUsers: [
      ["*nanoserver*", "ContainerUser"],
      ["*windowsservercore*", "ContainerAdministrator"],
      ["*chiseled*", "app"],
      ["*distroless*", "app"],
    ],
    users: ["app:1654"],
    family: "debian",
  },
  {
    names: ["mcr.microsoft.com/devcontainers/*", "mcr.microsoft.com/vscode/devcontainers/*"],
    user: "root",
    users: ["vscode:1000"],
    family: "debian",
  },
  { names: ["mcr.microsoft.com/windows/nanoserver"], user: "ContainerUser", family: "windows" },
  {
    names: ["mcr.microsoft.com/windows/*", "mcr.microsoft.com/windows"],
    user: "ContainerAdministrator",
    family: "windows",
  },
  {
    names: ["mcr.microsoft.com/mssql/server"],
    user: "mssql",
    tagUsers: [["2017*", "root"]],
    users: ["mssql:10001"],
    family: "debian",
  },
  { names: ["mcr.microsoft.com/playwright*"], user: "root", users: ["pwuser"], family: "debian" },
  {
    names: ["mcr.microsoft.com/azurelinux/distroless/*", "mcr.microsoft.com/cbl-mariner/distroless/*"],
    user: "root",
    tagUsers: [["*nonroot*", "nonroot"]],
    family: "distroless",
  },
  {
    names: ["mcr.microsoft.com/azurelinux/base/*", "mcr.microsoft.com/cbl-mariner/base/*"],
    user: "root",
    family: "redhat",
  },

  // Red Hat.
  {
    names: [
      "registry.access.redhat.com/ubi8",
      "registry.access.redhat.com/ubi9",
      "registry.access.redhat.com/ubi10",
      "registry.access.redhat.com/ubi*/ubi*",
      "registry.access.redhat.com/ubi*-minimal",
      "registry.access.redhat.com/ubi*-micro",
      "registry.access.redhat.com/ubi*-init",
      "registry.redhat.io/ubi*/ubi*",
      "docker.io/redhat/ubi*",
    ],
    user: "root",
    family: "redhat",
  },
  {
    names: ["registry.access.redhat.com/ubi*/openjdk-*", "registry.redhat.io/ubi*/openjdk-*"],
    user: "185",
    family: "redhat",
  },
  {
    names: ["registry.access.redhat.com/ubi*/*", "registry.redhat.io/ubi*/*"],
    user: "1001",
    family: "redhat",
  },
  {
    names: ["quay.io/centos/*", "quay.io/fedora/fedora*", "registry.fedoraproject.org/fedora*"],
    user: "root",
    family: "redhat",
  },
  { names: ["quay.io/keycloak/keycloak", "docker.io/keycloak/keycloak"], user: "1000", family: "redhat" },

  // Amazon's own registry.
  { names: ["public.ecr.aws/lambda/*"], family: "redhat" },
  { names: ["public.ecr.aws/ubuntu/ubuntu"], user: "root", family: "debian" },
  { names: ["public.ecr.aws/amazonlinux/amazonlinux"], user: "root", family: "redhat" },

  // Bitnami.
  { names: ["docker.io/bitnami/minideb"], user: "root", family: "debian" },
  {
    names: ["docker.io/bitnamilegacy/*"],
    user: "1001",
    deprecated: "a frozen archive that gets no updates",
    family: "debian",
  },
  // https://github.com/bitnami/containers/issues/83267
  {
    names: ["docker.io/bitnami/*"],
    user: "1001",
    deprecated: "its versions were moved to a frozen archive in 2025",
    family: "debian",
  },
  { names: ["public.ecr.aws/bitnami/*"], user: "1001", family: "debian" },

  // Web servers and proxies.
  { names: ["docker.io/nginxinc/nginx-unprivileged"], user: "101", users: ["nginx:101"], family: "debian" },
  { names: ["docker.io/envoyproxy/envoy"], user: "root", drops: "su-exec", users: ["envoy:101"] },

  // Search, queues and databases.
  {
    names: [
      "docker.elastic.co/elasticsearch/elasticsearch*",
      "docker.elastic.co/kibana/kibana*",
      "docker.elastic.co/logstash/logstash*",
    ],
    user: "1000",
    tagUsers: [
      ["5*", undefined],
      ["6*", undefined],
      ["7*", undefined],
    ],
  },
  { names: ["docker.io/opensearchproject/*"], user: "1000", family: "redhat" },
  { names: ["docker.io/apache/kafka*"], user: "appuser", users: ["appuser:1000"] },
  { names: ["docker.io/confluentinc/cp-*"], user: "appuser", users: ["appuser:1000"], family: "redhat" },
  { names: ["docker.io/apache/airflow"], user: "airflow", users: ["airflow:50000"], family: "debian" },
  { names: ["docker.io/apache/superset"], user: "superset", users: ["superset:1000"], family: "debian" },
  { names: ["docker.io/apache/nifi"], user: "nifi", users: ["nifi:1000"] },
  {
    names: ["docker.io/timescale/timescaledb*", "docker.io/pgvector/pgvector", "docker.io/postgis/postgis"],
    user: "root",
    drops: "gosu",
    users: ["postgres:999/70"],
  },
  {
    names: ["docker.io/valkey/valkey"],
    user: "root",
    drops: "setpriv",
    users: ["valkey:999"],
    family: "debian",
  },

  // Observability.
  {
    names: [
      "docker.io/grafana/grafana",
      "docker.io/grafana/grafana-oss",
      "docker.io/grafana/grafana-enterprise",
    ],
    user: "472",
    users: ["grafana:472"],
    family: "alpine",
  },
  { names: ["docker.io/grafana/loki", "docker.io/grafana/tempo"], user: "10001" },
  { names: ["docker.io/prom/blackbox-exporter", "quay.io/prometheus/blackbox-exporter"], family: "busybox" },
  {
    names: ["docker.io/prom/*", "quay.io/prometheus/*"],
    user: "nobody",
    users: ["nobody:65534"],
    family: "busybox",
  },

  // Delivery and development.
  { names: ["docker.io/jenkins/jenkins"], user: "jenkins", users: ["jenkins:1000"], family: "debian" },
  {
    names: ["docker.io/jenkins/agent", "docker.io/jenkins/inbound-agent"],
    user: "jenkins",
    users: ["jenkins:1000"],
  },
  { names: ["docker.io/sonatype/nexus3"], user: "nexus", users: ["nexus:200"], family: "redhat" },
  {
    names: ["docker.io/gitea/gitea"],
    user: "root",
    tagUsers: [["*rootless*", "1000"]],
    drops: "su-exec",
    family: "alpine",
  },
  {
    names: ["docker.io/hashicorp/vault", "docker.io/hashicorp/consul"],
    user: "root",
    drops: "su-exec",
    family: "alpine",
  },
  { names: ["docker.io/hashicorp/terraform"], user: "root", family: "alpine" },
  { names: ["docker.io/selenium/*"], user: "1200", users: ["seluser:1200"], family: "debian" },
  {
    names: ["docker.io/cimg/*", "docker.io/circleci/*"],
    user: "circleci",
    users: ["circleci"],
    family: "debian",
  },
  { names: ["docker.io/codercom/code-server"], user: "1000", users: ["coder:1000"], family: "debian" },
  { names: ["docker.io/curlimages/curl"], user: "curl_user", users: ["curl_user"], family: "alpine" },
  { names: ["docker.io/oven/bun"], user: "root", users: ["bun:1000"], family: "debian" },
  { names: ["docker.io/denoland/deno"], user: "root", users: ["deno:1993"], family: "debian" },
  { names: ["ghcr.io/puppeteer/puppeteer"], user: "pptruser", users: ["pptruser"], family: "debian" },
  {
    names: ["docker.io/jupyter/*", "quay.io/jupyter/*"],
    user: "1000",
    users: ["jovyan:1000"],
    family: "debian",
  },

  // Applications.
  {
    names: ["docker.io/n8nio/n8n", "docker.n8n.io/n8nio/n8n"],
    user: "node",
    users: ["node:1000"],
    family: "alpine",
  },
  { names: ["docker.io/nodered/node-red"], user: "node-red", users: ["node-red:1000"], family: "alpine" },
  { names: ["docker.io/dpage/pgadmin4"], user: "5050", users: ["pgadmin:5050"], family: "alpine" },
  { names: ["docker.io/mailhog/mailhog"], user: "mailhog", users: ["mailhog:1000"], family: "alpine" },
  {
    names: ["docker.io/linuxserver/*", "lscr.io/linuxserver/*", "ghcr.io/linuxserver/*"],
    user: "root",
    drops: "s6-setuidgid",
  },
];
