import type { Service } from "../../documents/compose/model";
import { programOf } from "./composeFix";

/** A program that is not meant for everybody, told by its image. */
export interface KnownProgram {
  readonly name: string;
  /** `console`: pages that manage something else; `store`: databases, caches, brokers, search engines. */
  readonly kind: "console" | "store";
}

/** By the last part of an image's name. Those that are known by their port alone stand in `composeSensitivePorts`. */
const programs: ReadonlyMap<string, KnownProgram> = new Map([
  ...kindOf("console", {
    adminer: "Adminer",
    akhq: "AKHQ",
    cloudbeaver: "CloudBeaver",
    cmak: "Kafka Manager",
    cockpit: "Cockpit",
    dockge: "Dockge",
    "docker-registry-ui": "a registry's console",
    dozzle: "Dozzle",
    "elasticsearch-head": "Elasticsearch Head",
    elastichq: "ElasticHQ",
    filebrowser: "File Browser",
    flower: "Flower",
    "joxit-docker-registry-ui": "a registry's console",
    "kafka-manager": "Kafka Manager",
    "kafka-ui": "Kafka UI",
    kafdrop: "Kafdrop",
    kibana: "Kibana",
    "mongo-express": "mongo-express",
    "opensearch-dashboards": "OpenSearch Dashboards",
    pgadmin4: "pgAdmin",
    phpldapadmin: "phpLDAPadmin",
    phpmyadmin: "phpMyAdmin",
    phppgadmin: "phpPgAdmin",
    portainer: "Portainer",
    "portainer-ce": "Portainer",
    "portainer-ee": "Portainer",
    "redis-commander": "Redis Commander",
    redisinsight: "Redis Insight",
    swarmpit: "Swarmpit",
    yacht: "Yacht",
    "code-server": "code-server",
    jupyter: "Jupyter",
    "pyspark-notebook": "Jupyter",
    "scipy-notebook": "Jupyter",
    "base-notebook": "Jupyter",
    "minimal-notebook": "Jupyter",
    "datascience-notebook": "Jupyter",
    "tensorflow-notebook": "Jupyter",
  }),
  ...kindOf("store", {
    activemq: "ActiveMQ",
    "activemq-artemis": "ActiveMQ",
    arangodb: "ArangoDB",
    cassandra: "Cassandra",
    chroma: "Chroma",
    "clickhouse-server": "ClickHouse",
    clickhouse: "ClickHouse",
    cockroach: "CockroachDB",
    consul: "Consul",
    couchbase: "Couchbase",
    couchdb: "CouchDB",
    dragonfly: "Dragonfly",
    elasticsearch: "Elasticsearch",
    emqx: "EMQX",
    etcd: "etcd",
    influxdb: "InfluxDB",
    kafka: "Kafka",
    "cp-kafka": "Kafka",
    keydb: "KeyDB",
    mariadb: "MariaDB",
    meilisearch: "Meilisearch",
    memcached: "Memcached",
    milvus: "Milvus",
    minio: "MinIO",
    mongo: "MongoDB",
    mongodb: "MongoDB",
    mysql: "MySQL",
    "mysql-server": "MySQL",
    nats: "NATS",
    neo4j: "Neo4j",
    opensearch: "OpenSearch",
    openldap: "OpenLDAP",
    percona: "MySQL",
    pgvector: "PostgreSQL",
    postgis: "PostgreSQL",
    postgres: "PostgreSQL",
    postgresql: "PostgreSQL",
    pulsar: "Pulsar",
    qdrant: "Qdrant",
    rabbitmq: "RabbitMQ",
    redis: "Redis",
    "redis-stack": "Redis",
    "redis-stack-server": "Redis",
    redpanda: "Redpanda",
    rethinkdb: "RethinkDB",
    scylla: "ScyllaDB",
    solr: "Solr",
    surrealdb: "SurrealDB",
    timescaledb: "PostgreSQL",
    typesense: "Typesense",
    valkey: "Valkey",
    vault: "Vault",
    weaviate: "Weaviate",
    zookeeper: "ZooKeeper",
  }),
]);

function kindOf(
  kind: KnownProgram["kind"],
  names: Readonly<Record<string, string>>,
): readonly (readonly [string, KnownProgram])[] {
  return Object.entries(names).map(([image, name]) => [image, { name, kind }]);
}

/** What a service runs, where its image says so; nothing for an image that is built here. */
export function programBehind(service: Service): KnownProgram | undefined {
  if (service.build !== undefined || service.image?.value.reference === undefined) return undefined;
  const path = programOf(service);
  return programs.get(path.slice(path.lastIndexOf("/") + 1));
}
