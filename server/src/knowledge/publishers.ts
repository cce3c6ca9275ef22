import type { ImageReference } from "../documents/imageReference";
import { matchesPattern } from "./pattern";

/**
 * Who answers for an image: Docker's official library; a vendor in a namespace that only it can push to; somebody
 * in a public registry; or whoever runs a registry that is not public.
 */
export type PublisherKind = "official" | "verified" | "personal" | "private";

export function publisherKind(reference: ImageReference): PublisherKind {
  if (isOfficialImage(reference)) return "official";
  if (verifiedNames.some((pattern) => matchesPattern(pattern, reference.name))) return "verified";
  if (reference.domain === "docker.io") {
    return hubVendors.has(reference.path.split("/")[0] ?? "") ? "verified" : "personal";
  }
  return isPublicRegistry(reference.domain) ? "personal" : "private";
}

/** Whether an image is one of Docker's official library, in its own place or in a registry's mirror of it. */
export function isOfficialImage(reference: ImageReference): boolean {
  return officialName(reference) !== undefined;
}

/**
 * The name within the official library: `node` for `node`, `arm64v8/node` and `public.ecr.aws/docker/library/node`.
 * Names that no longer exist there, or never did, count too: only Docker can fill them.
 */
export function officialName(reference: ImageReference): string | undefined {
  const parts = reference.path.split("/");
  const name = parts[parts.length - 1] ?? "";
  const namespace = parts.slice(0, -1).join("/");
  if (reference.domain === "docker.io") {
    return namespace === "library" || hubArchitectures.has(namespace) ? name : undefined;
  }
  return libraryMirrors.has(`${reference.domain}/${namespace}`) ? name : undefined;
}

/**
 * Whether a registry serves the public, so that a name in it means the same to everyone.
 *
 * @param domain host as in {@link ImageReference.domain}
 */
export function isPublicRegistry(domain: string): boolean {
  return publicRegistries.has(domain) || domain.endsWith(".gcr.io");
}

const publicRegistries: ReadonlySet<string> = new Set([
  "cgr.dev",
  "container-registry.oracle.com",
  "dhi.io",
  "docker.elastic.co",
  "docker.io",
  "docker.n8n.io",
  "docker.redpanda.com",
  "gcr.io",
  "ghcr.io",
  "k8s.gcr.io",
  "lscr.io",
  "mcr.microsoft.com",
  "mirror.gcr.io",
  "nvcr.io",
  "public.ecr.aws",
  "quay.io",
  "registry-1.docker.io",
  "registry.access.redhat.com",
  "registry.connect.redhat.com",
  "registry.fedoraproject.org",
  "registry.gitlab.com",
  "registry.hub.docker.com",
  "registry.k8s.io",
  "registry.opensuse.org",
  "registry.redhat.io",
  "registry.suse.com",
]);

/** Places that serve the official library itself. */
const libraryMirrors: ReadonlySet<string> = new Set([
  "mirror.gcr.io/library",
  "public.ecr.aws/docker/library",
  "registry-1.docker.io/library",
  "registry.hub.docker.com/library",
]);

/** The official library, one architecture each: https://github.com/docker-library/official-images#architectures-other-than-amd64 */
const hubArchitectures: ReadonlySet<string> = new Set(
  "amd64 arm32v5 arm32v6 arm32v7 arm64v8 i386 mips64le ppc64le riscv64 s390x winamd64".split(" "),
);

/** Registries, or parts of one, that only the vendor itself can push to. */
const verifiedNames: readonly string[] = [
  // Whole registries with one publisher.
  "container-registry.oracle.com/*",
  "dhi.io/*",
  "docker.elastic.co/*",
  "docker.n8n.io/*",
  "docker.redpanda.com/*",
  "k8s.gcr.io/*",
  "mcr.microsoft.com/*",
  "registry.access.redhat.com/*",
  "registry.fedoraproject.org/*",
  "registry.k8s.io/*",
  "registry.opensuse.org/opensuse/*",
  "registry.redhat.io/*",
  "registry.suse.com/*",
  // A vendor's namespace in a registry that others use too.
  "cgr.dev/chainguard/*",
  "cgr.dev/chainguard-private/*",
  "gcr.io/cadvisor/*",
  "gcr.io/cloud-builders/*",
  "gcr.io/distroless/*",
  "gcr.io/go-containerregistry/*",
  "gcr.io/google-containers/*",
  "gcr.io/google.com/*",
  "gcr.io/k8s-minikube/*",
  "gcr.io/kaniko-project/*",
  "ghcr.io/astral-sh/*",
  "ghcr.io/getsentry/*",
  "ghcr.io/github/*",
  "ghcr.io/home-assistant/*",
  "ghcr.io/linuxserver/*",
  "ghcr.io/open-telemetry/*",
  "ghcr.io/puppeteer/*",
  "ghcr.io/roadrunner-server/*",
  "lscr.io/linuxserver/*",
  "nvcr.io/nvidia/*",
  "public.ecr.aws/amazoncorretto/*",
  "public.ecr.aws/amazonlinux/*",
  "public.ecr.aws/aws-*",
  "public.ecr.aws/bitnami/*",
  "public.ecr.aws/eks-distro/*",
  "public.ecr.aws/lambda/*",
  "public.ecr.aws/ubuntu/*",
  "quay.io/argoproj/*",
  "quay.io/buildah/*",
  "quay.io/centos/*",
  "quay.io/coreos/*",
  "quay.io/fedora/*",
  "quay.io/jupyter/*",
  "quay.io/keycloak/*",
  "quay.io/minio/*",
  "quay.io/podman/*",
  "quay.io/prometheus/*",
  "quay.io/soketi/*",
  "quay.io/strimzi/*",
  "registry.gitlab.com/gitlab-org/*",
];

/** Namespaces of Docker Hub that belong to the project or company whose software they hold. */
const hubVendors: ReadonlySet<string> = new Set(
  [
    // Operating systems and hardware.
    "almalinux archlinux canonical fedora intel kalilinux nvidia opensuse oraclelinux redhat rockylinux ubuntu",
    // Clouds, registries and build systems.
    "amazon aquasec argoproj atlassian circleci cimg cloudflare docker dockereng",
    "dockersamples drone gitea gitlab goharbor google",
    "hashicorp jenkins kindest localstack moby paketobuildpacks portainer rancher snyk sonarsource sonatype",
    "tonistiigi",
    // Databases, queues and search.
    "arangodb clickhouse cockroachdb confluentinc couchbase elastic influxdata mariadb memgraph milvusdb minio",
    "mongodb mysql neo4j opensearchproject percona qdrant redis scylladb supabase surrealdb timescale typesense",
    "valkey vitess",
    // Servers, proxies and observability.
    "apache apicurio caddy cilium datadog envoyproxy fluent grafana haproxytech istio jaegertracing kong newrelic",
    "nginx nginxinc openpolicyagent openresty openzipkin otel prom traefik victoriametrics",
    // Languages, tools and applications.
    "appwrite bitnami bitnamilegacy browserless curlimages cypress denoland dpage hasura hexpm homeassistant jupyter keycloak linuxserver",
    "mattermost metabase n8nio nodered oisupport ollama osrf oven playwright prefecthq pytorch renovate rocketchat selenium",
    "tensorflow verdaccio zabbix",
  ].flatMap((line) => line.split(" ")),
);
