import type { ServiceImage } from "../serviceImages";
import { known, officialDocs } from "./facts";

const prometheusFile = "https://github.com/prometheus/prometheus/blob/main/Dockerfile";
const alertmanagerFile = "https://github.com/prometheus/alertmanager/blob/main/Dockerfile";
const nodeExporterFile = "https://github.com/prometheus/node_exporter/blob/master/Dockerfile";
const lokiFile = "https://github.com/grafana/loki/blob/main/cmd/loki/Dockerfile";
const grafanaDocs = "https://grafana.com/docs/grafana/latest/setup-grafana/configure-docker/";
const grafanaManifest =
  "https://github.com/prometheus-operator/kube-prometheus/blob/main/manifests/grafana-deployment.yaml";
const grafanaSecrets =
  "https://grafana.com/docs/grafana/latest/setup-grafana/configure-docker/#configure-grafana-with-docker-secrets";

/** Metrics, logs and dashboards. */
export const monitoringImages: readonly ServiceImage[] = [
  {
    title: "Prometheus",
    names: ["docker.io/prom/prometheus", "quay.io/prometheus/prometheus"],
    user: known(prometheusFile, { start: "nobody", uid: 65534 }),
    capabilities: known(prometheusFile, []),
    writable: known(prometheusFile, { volumes: ["/prometheus"], scratch: [] }),
    ports: known(prometheusFile, [9090]),
    credentials: known("https://prometheus.io/docs/operating/security/", "no password"),
    limits: { memory: "1g" },
  },
  {
    title: "Alertmanager",
    names: ["docker.io/prom/alertmanager", "quay.io/prometheus/alertmanager"],
    user: known(alertmanagerFile, { start: "nobody", uid: 65534 }),
    capabilities: known(alertmanagerFile, []),
    writable: known(alertmanagerFile, { volumes: ["/alertmanager"], scratch: [] }),
    ports: known(alertmanagerFile, [9093]),
    credentials: known("https://prometheus.io/docs/operating/security/", "no password"),
  },
  {
    title: "Node exporter",
    names: ["docker.io/prom/node-exporter", "quay.io/prometheus/node-exporter"],
    user: known(nodeExporterFile, { start: "nobody", uid: 65534 }),
    capabilities: known(nodeExporterFile, []),
    writable: known(nodeExporterFile, { volumes: [], scratch: [] }),
    ports: known(nodeExporterFile, [9100]),
    credentials: known("https://prometheus.io/docs/operating/security/", "no password"),
  },
  {
    title: "cAdvisor",
    names: ["gcr.io/cadvisor/cadvisor", "ghcr.io/google/cadvisor", "docker.io/google/cadvisor"],
    ports: known("https://github.com/google/cadvisor/blob/master/deploy/Dockerfile", [8080]),
  },
  {
    title: "Grafana",
    names: [
      "docker.io/grafana/grafana",
      "docker.io/grafana/grafana-oss",
      "docker.io/grafana/grafana-enterprise",
    ],
    user: known(grafanaDocs, { start: "472", uid: 472 }),
    capabilities: known(grafanaDocs, []),
    writable: known(grafanaManifest, {
      volumes: [],
      scratch: ["/tmp"],
      kept: ["/var/lib/grafana"],
      unlessSet: ["GF_AWS_PROFILES"],
    }),
    ports: known(grafanaDocs, [3000]),
    secretFiles: known(grafanaSecrets, { variables: ["GF_*_*"], suffix: "__FILE" }),
    credentials: known(
      "https://grafana.com/docs/grafana/latest/setup-grafana/sign-in-to-grafana/",
      "admin / admin",
    ),
    openSettings: known(
      "https://grafana.com/docs/grafana/latest/setup-grafana/configure-access/configure-authentication/anonymous-auth/",
      ["GF_AUTH_ANONYMOUS_ENABLED=true"],
    ),
  },
  {
    title: "Loki",
    names: ["docker.io/grafana/loki"],
    user: known(lokiFile, { start: "10001", uid: 10001 }),
    capabilities: known(lokiFile, []),
    writable: known(lokiFile, { volumes: [], scratch: ["/tmp"], kept: ["/loki"] }),
    ports: known(lokiFile, [3100]),
    credentials: known("https://grafana.com/docs/loki/latest/operations/authentication/", "no password"),
    limits: { memory: "1g", pids: 1000 },
  },
  {
    title: "Telegraf",
    names: ["docker.io/library/telegraf"],
    user: known(officialDocs("telegraf"), { start: "root" }),
    ports: known(officialDocs("telegraf"), [8092, 8094, 8125]),
  },
];
