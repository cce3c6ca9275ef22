import type { ServiceImage } from "../serviceImages";
import { known } from "./facts";

const elasticDocs =
  "https://www.elastic.co/guide/en/elasticsearch/reference/8.19/docker.html#docker-configuration-methods";
const elasticFile =
  "https://github.com/elastic/elasticsearch/blob/main/distribution/docker/src/docker/Dockerfile";
const elasticSecrets =
  "https://github.com/elastic/elasticsearch/blob/main/distribution/docker/src/docker/bin/docker-entrypoint.sh";
const kibanaDocs = "https://www.elastic.co/guide/en/kibana/8.19/docker.html";
const logstashDocs = "https://www.elastic.co/guide/en/logstash/8.19/docker.html";
const opensearchFile =
  "https://github.com/opensearch-project/opensearch-build/blob/main/docker/release/dockerfiles/opensearch.al2023.dockerfile";
const opensearchDocs = "https://docs.opensearch.org/latest/install-and-configure/install-opensearch/docker/";
const opensearchScript =
  "https://github.com/opensearch-project/opensearch-build/blob/main/docker/release/config/opensearch/opensearch-docker-entrypoint-default.x.sh";
const solrFile = "https://github.com/apache/solr-docker/blob/main/9.6/Dockerfile";
const solrDocs = "https://github.com/docker-library/docs/blob/master/solr/content.md";

/** Search engines and what is shipped with them. */
export const searchImages: readonly ServiceImage[] = [
  {
    title: "Elasticsearch",
    names: ["docker.io/library/elasticsearch", "docker.elastic.co/elasticsearch/elasticsearch*"],
    exceptTags: ["1*", "2*", "5*", "6*", "7*"],
    user: known(elasticDocs, { start: "1000", uid: 1000 }),
    capabilities: known(elasticFile, []),
    rewritesItself: known(
      elasticSecrets,
      "it makes its keystore and its certificates in /usr/share/elasticsearch/config",
    ),
    ports: known(elasticDocs, [9200, 9300]),
    secretFiles: known(elasticSecrets, {
      variables: ["ELASTIC_PASSWORD", "KEYSTORE_PASSWORD"],
      suffix: "_FILE",
    }),
    openSettings: known(elasticDocs, ["xpack.security.enabled=false"]),
    limits: { memory: "4g", pids: 4096 },
  },
  {
    title: "Kibana",
    names: ["docker.io/library/kibana", "docker.elastic.co/kibana/kibana*"],
    exceptTags: ["4*", "5*", "6*", "7*"],
    user: known(kibanaDocs, { start: "1000", uid: 1000 }),
    capabilities: known(kibanaDocs, []),
    ports: known(kibanaDocs, [5601]),
    limits: { memory: "2g", pids: 1000 },
  },
  {
    title: "Logstash",
    names: ["docker.io/library/logstash", "docker.elastic.co/logstash/logstash*"],
    exceptTags: ["1*", "2*", "5*", "6*", "7*"],
    user: known(logstashDocs, { start: "1000", uid: 1000 }),
    capabilities: known(logstashDocs, []),
    ports: known(logstashDocs, [5044, 9600]),
    limits: { memory: "2g", pids: 2048 },
  },
  {
    title: "OpenSearch",
    names: ["docker.io/opensearchproject/opensearch"],
    user: known(opensearchFile, { start: "1000", uid: 1000 }),
    capabilities: known(opensearchFile, []),
    rewritesItself: known(
      opensearchScript,
      "its entrypoint makes certificates and settings in /usr/share/opensearch/config",
    ),
    ports: known(opensearchFile, [9200, 9300, 9600, 9650]),
    credentials: known(opensearchScript, "admin / admin before release 2.12"),
    openSettings: known(opensearchDocs, ["DISABLE_SECURITY_PLUGIN=true", "plugins.security.disabled=true"]),
    limits: { memory: "4g", pids: 4096 },
  },
  {
    title: "OpenSearch Dashboards",
    names: ["docker.io/opensearchproject/opensearch-dashboards"],
    user: known(opensearchDocs, { start: "1000", uid: 1000 }),
    capabilities: known(opensearchDocs, []),
    ports: known(opensearchDocs, [5601]),
    openSettings: known(opensearchDocs, ["DISABLE_SECURITY_DASHBOARDS_PLUGIN=true"]),
    limits: { memory: "2g", pids: 1000 },
  },
  {
    title: "Apache Solr",
    names: ["docker.io/library/solr"],
    exceptTags: ["5*", "6*", "7*"],
    user: known(solrDocs, { start: "8983", uid: 8983 }),
    capabilities: known(solrDocs, []),
    writable: known(solrFile, { volumes: ["/var/solr"], scratch: ["/tmp"] }),
    ports: known(solrDocs, [8983]),
    credentials: known(
      "https://solr.apache.org/guide/solr/latest/deployment-guide/basic-authentication-plugin.html",
      "no password",
    ),
    limits: { memory: "2g", pids: 2048 },
  },
];
