import type { ImageReference } from "../documents/imageReference";
import { rememberMany } from "../text/rememberMany";
import { matchesPattern } from "./pattern";

/**
 * Who answers for an image: Docker's official library; a vendor in a namespace that only it can push to; somebody
 * in a public registry; or whoever runs a registry that is not public.
 */
export type PublisherKind = "official" | "verified" | "personal" | "private";

export const publisherKind: (reference: ImageReference) => PublisherKind = rememberMany(
  ({ name }) => name,
  judgePublisher,
);

function judgePublisher(reference: ImageReference): PublisherKind {
  if (isOfficialImage(reference)) return "official";
  if (verifiedNames.some((pattern) => matchesPattern(pattern, reference.name))) return "verified";
  if (reference.domain === "docker.io") {
    return hubVendors.has(reference.path.split("/")[0] ?? "") ? "verified" : "personal";
  }
  return isPublicRegistry(reference.domain) ? "personal" : "private";
}

/**
 * Whether a public namespace has the name of the software that it publishes: `postgrest/postgrest`, `gogs/gogs`,
 * `crystallang/crystal`. Most of them are the project's own, which a name alone does not prove.
 */
export function isNamedAfterSoftware({ path }: ImageReference): boolean {
  const [namespace = "", name = "", ...more] = path.split("/").map(bareName);
  if (more.length > 0 || namespace.length < 3 || name.length < 3) return false;
  return (
    namespace === name ||
    (namespace.startsWith(name) && projectEndings.has(namespace.slice(name.length))) ||
    (name.startsWith(namespace) && projectEndings.has(name.slice(namespace.length)))
  );
}

function bareName(part: string): string {
  return part.replace(/[^a-z0-9]/g, "");
}

/** What projects put behind their name where the name itself is taken, or where they publish one part of it. */
const projectEndings: ReadonlySet<string> = new Set(
  "app apps cli community dev hq inc io labs lang org oss project server team".split(" "),
);

/** Whether an image is one of Docker's official library, in its own place or in a registry's mirror of it. */
export function isOfficialImage(reference: ImageReference): boolean {
  return officialName(reference) !== undefined;
}

/**
 * The name within the official library: `node` for `node`, `arm64v8/node` and `public.ecr.aws/docker/library/node`.
 * Names that no longer exist there, or never did, count too: only Docker can fill them.
 */
export function officialName(reference: ImageReference): string | undefined {
  const { path } = reference;
  const slash = path.lastIndexOf("/");
  const name = path.slice(slash + 1);
  const namespace = path.slice(0, Math.max(slash, 0));
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
  "cgr.dev/chainguard-private/*",
  "cgr.dev/chainguard/*",
  "gcr.io/bazel-public/*",
  "gcr.io/cadvisor/*",
  "gcr.io/cloud-builders/*",
  "gcr.io/cloud-marketplace/*",
  "gcr.io/cloud-sql-connectors/*",
  "gcr.io/cloudsql-docker/*",
  "gcr.io/datadoghq/*",
  "gcr.io/distroless/*",
  "gcr.io/etcd-development/*",
  "gcr.io/go-containerregistry/*",
  "gcr.io/google-appengine/*",
  "gcr.io/google-containers/*",
  "gcr.io/google-samples/*",
  "gcr.io/google.com/*",
  "gcr.io/google_containers/*",
  "gcr.io/istio-release/*",
  "gcr.io/k8s-minikube/*",
  "gcr.io/k8s-skaffold/*",
  "gcr.io/kaggle-images/*",
  "gcr.io/kaniko-project/*",
  "gcr.io/knative-releases/*",
  "gcr.io/kubebuilder/*",
  "gcr.io/kubernetes-e2e-test-images/*",
  "gcr.io/oss-fuzz-base/*",
  "gcr.io/projectsigstore/*",
  "gcr.io/tekton-releases/*",
  "ghcr.io/actions/*",
  "ghcr.io/anchore/*",
  "ghcr.io/aquasecurity/*",
  "ghcr.io/astral-sh/*",
  "ghcr.io/cloudnative-pg/*",
  "ghcr.io/cross-rs/*",
  "ghcr.io/dani-garcia/*",
  "ghcr.io/dependabot/*",
  "ghcr.io/devcontainers/*",
  "ghcr.io/external-secrets/*",
  "ghcr.io/fluxcd/*",
  "ghcr.io/foundry-rs/*",
  "ghcr.io/gethomepage/*",
  "ghcr.io/getsentry/*",
  "ghcr.io/github/*",
  "ghcr.io/goauthentik/*",
  "ghcr.io/google/*",
  "ghcr.io/graalvm/*",
  "ghcr.io/hadolint/*",
  "ghcr.io/helm/*",
  "ghcr.io/home-assistant/*",
  "ghcr.io/immich-app/*",
  "ghcr.io/kyverno/*",
  "ghcr.io/linuxserver/*",
  "ghcr.io/nixos/*",
  "ghcr.io/open-runtimes/*",
  "ghcr.io/open-telemetry/*",
  "ghcr.io/oxsecurity/*",
  "ghcr.io/paperless-ngx/*",
  "ghcr.io/prefix-dev/*",
  "ghcr.io/puppeteer/*",
  "ghcr.io/renovatebot/*",
  "ghcr.io/roadrunner-server/*",
  "ghcr.io/rust-cross/*",
  "ghcr.io/rust-lang/*",
  "ghcr.io/sigstore/*",
  "ghcr.io/super-linter/*",
  "ghcr.io/userver-framework/*",
  "lscr.io/linuxserver/*",
  "nvcr.io/nim/*",
  "nvcr.io/nvidia/*",
  "public.ecr.aws/amazoncorretto/*",
  "public.ecr.aws/amazonlinux/*",
  "public.ecr.aws/aws-*",
  "public.ecr.aws/bitnami/*",
  "public.ecr.aws/eks-distro/*",
  "public.ecr.aws/lambda/*",
  "public.ecr.aws/ubuntu/*",
  "quay.io/ansible/*",
  "quay.io/argoproj/*",
  "quay.io/brancz/*",
  "quay.io/buildah/*",
  "quay.io/calico/*",
  "quay.io/centos/*",
  "quay.io/ceph/*",
  "quay.io/cilium/*",
  "quay.io/condaforge/*",
  "quay.io/containers/*",
  "quay.io/coreos/*",
  "quay.io/cortexproject/*",
  "quay.io/fedora/*",
  "quay.io/infinispan/*",
  "quay.io/jetstack/*",
  "quay.io/jupyter/*",
  "quay.io/k8scsi/*",
  "quay.io/keycloak/*",
  "quay.io/kiali/*",
  "quay.io/kubevirt/*",
  "quay.io/metallb/*",
  "quay.io/minio/*",
  "quay.io/oauth2-proxy/*",
  "quay.io/openshift/*",
  "quay.io/operator-framework/*",
  "quay.io/podman/*",
  "quay.io/projectquay/*",
  "quay.io/prometheus-operator/*",
  "quay.io/prometheus/*",
  "quay.io/pypa/*",
  "quay.io/quarkus/*",
  "quay.io/skopeo/*",
  "quay.io/soketi/*",
  "quay.io/strimzi/*",
  "quay.io/thanos/*",
  "quay.io/tigera/*",
  "quay.io/wildfly/*",
  "registry.gitlab.com/gitlab-org/*",
];

/** Namespaces of Docker Hub that belong to the project or company whose software they hold. */
const hubVendors: ReadonlySet<string> = new Set(
  [
    // Operating systems, hardware and languages.
    "almalinux archlinux bioconductor canonical condaforge continuumio cypress dart denoland dunglas fedora",
    "gentoo huggingface intel jbangdev jetbrains jupyter jupyterhub kalilinux lukemathwalker mambaorg nixos",
    "nodered nvidia ollama opensuse oraclelinux ortussolutions osrf oven pytorch rapidsai redhat rocker",
    "rockylinux rocm squidfunk swaggerapi tensorflow ubuntu vllm",
    "azul bellsoft composer crystallang freepascal hyperf mlocati nimlang ocaml ocurrent openswoole phpswoole",
    "rstudio sbtscala thevlang tiangolo",
    // Clouds, registries and build systems.
    "amazon ansible aquasec argoproj atlassian buildkite buildpacksio cimg circleci cloudflare codercom concourse",
    "crazymax crossplane docker dockereng dockersamples drone fluxcd gitea gitlab gitpod gocd goharbor golangci",
    "google hashicorp heroku jenkins kindest kubernetesui localstack moby paketobuildpacks phusion portainer",
    "pulumi rancher renovate rundeck semaphoreui snyk sonarsource sonatype tonistiigi verdaccio woodpeckerci",
    "artefactual blackfire coredns electronuserland openruntimes puppet salesforce theiaide",
    // Databases, queues and search.
    "apachepulsar arangodb chromadb clickhouse cockroachdb confluentinc couchbase dgraph elastic emqx getmeili",
    "hivemq influxdata manticoresearch mariadb memgraph milvusdb minio mongodb mysql natsio neo4j",
    "opensearchproject percona pgvector pingcap postgis prestodb qdrant questdb redis scylladb semitechnologies",
    "starrocks supabase surrealdb timescale trinodb typesense valkey vespaengine vitess yugabytedb",
    "hugegraph postgrest redislabs tarantool untergeek",
    // Servers, proxies and observability.
    "apache apicurio caddy cilium clamav datadog dynatrace envoyproxy falcosecurity fluent grafana graylog haproxytech",
    "istio jaegertracing kong netdata newrelic nginx nginxinc nginxproxy openobserve openpolicyagent openresty",
    "openzipkin otel prom signoz splunk sysdig timberio traefik tykio victoriametrics",
    // Security and checks.
    "adguard anchore authelia bitwarden bridgecrew checkmarx crowdsecurity dexidp goodwithtech greenbone hadolint",
    "koalaman mitmproxy mvdan openapitools oryd owasp projectdiscovery returntocorp semgrep tailscale",
    "trufflesecurity vaultwarden wazuh webgoat zaproxy",
    // Applications.
    "airbyte appwrite axllent bitnami bitnamilegacy browserless camunda collabora curlimages dagster directus",
    "dpage filebrowser frappe getsentry gotenberg hasura hexpm homeassistant jellyfin jitsi keycloak linuxserver",
    "liquibase louislam mailserver mattermost metabase moodlehq n8nio nocodb oisupport onlyoffice penpotapp",
    "photoprism pihole plausible playwright plexinc prefecthq redash rocketchat roundcube selenium stirlingtools",
    "syncthing temporalio wallabag wiremock zabbix",
    "adobecoldfusion appbaseio budibase cloudprober gogs itzg liferay maildev mailhog owncloud",
  ].flatMap((line) => line.split(" ")),
);
