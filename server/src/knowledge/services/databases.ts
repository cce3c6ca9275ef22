import type { ServiceImage } from "../serviceImages";
import { known, officialDocs, rootWithForeignFiles, stepDown, stepDownWithModes } from "./facts";

const postgresScript = "https://github.com/docker-library/postgres/blob/master/docker-entrypoint.sh";
const mysqlScript = "https://github.com/docker-library/mysql/blob/master/template/docker-entrypoint.sh";
const mariadbScript = "https://github.com/MariaDB/mariadb-docker/blob/master/docker-entrypoint.sh";
const mongoScript = "https://github.com/docker-library/mongo/blob/master/docker-entrypoint.sh";
const redisDocs = officialDocs("redis");
const valkeyFile = "https://github.com/valkey-io/valkey-container/blob/mainline/Dockerfile.template";
const valkeyScript = "https://github.com/valkey-io/valkey-container/blob/mainline/docker-entrypoint.sh";
const memcachedFile = "https://github.com/docker-library/memcached/blob/master/Dockerfile.template";
const cassandraScript = "https://github.com/docker-library/cassandra/blob/master/docker-entrypoint.sh";
const cassandraSecurity =
  "https://cassandra.apache.org/doc/latest/cassandra/managing/operating/security.html";
const couchdbScript = "https://github.com/apache/couchdb-docker/blob/main/3.5.2/docker-entrypoint.sh";
const influxFile = "https://github.com/influxdata/influxdata-docker/blob/master/influxdb/2.7/Dockerfile";
const clickhouseScript = "https://github.com/ClickHouse/ClickHouse/blob/master/docker/server/entrypoint.sh";
const minioCerts = "https://github.com/minio/minio/blob/master/cmd/common-main.go";
const influxDocs = officialDocs("influxdb");
const clickhouseDocs = officialDocs("clickhouse");
const cockroachFile = "https://github.com/cockroachdb/cockroach/blob/master/build/deploy/Dockerfile";

/** Databases and caches. */
export const databaseImages: readonly ServiceImage[] = [
  {
    title: "PostgreSQL",
    names: ["docker.io/library/postgres", "docker.io/pgvector/pgvector", "docker.io/postgis/postgis"],
    user: known(officialDocs("postgres"), { start: "root" }),
    capabilities: known(postgresScript, stepDownWithModes),
    writable: known(postgresScript, {
      volumes: ["/var/lib/postgresql", "/var/lib/postgresql/data"],
      scratch: ["/tmp", "/var/run/postgresql"],
    }),
    programs: ["postgres"],
    ports: known(officialDocs("postgres"), [5432]),
    secretFiles: known(postgresScript, {
      variables: ["POSTGRES_PASSWORD", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_INITDB_ARGS"],
      suffix: "_FILE",
    }),
    openSettings: known(officialDocs("postgres"), ["POSTGRES_HOST_AUTH_METHOD=trust"]),
  },
  {
    title: "MySQL",
    names: ["docker.io/library/mysql"],
    user: known(officialDocs("mysql"), { start: "root", uid: 999 }),
    capabilities: known(mysqlScript, stepDown),
    writable: known(mysqlScript, { volumes: ["/var/lib/mysql"], scratch: ["/tmp", "/var/run/mysqld"] }),
    programs: ["mysqld"],
    ports: known(officialDocs("mysql"), [3306, 33060]),
    secretFiles: known(officialDocs("mysql"), {
      variables: ["MYSQL_ROOT_PASSWORD", "MYSQL_ROOT_HOST", "MYSQL_DATABASE", "MYSQL_USER", "MYSQL_PASSWORD"],
      suffix: "_FILE",
    }),
    openSettings: known(officialDocs("mysql"), ["MYSQL_ALLOW_EMPTY_PASSWORD=yes"]),
    limits: { memory: "1g" },
  },
  {
    title: "MariaDB",
    names: ["docker.io/library/mariadb"],
    exceptTags: ["*ubi*"],
    user: known(officialDocs("mariadb"), { start: "root", uid: 999 }),
    capabilities: known(mariadbScript, stepDown),
    writable: known(mariadbScript, { volumes: ["/var/lib/mysql"], scratch: ["/tmp", "/run/mysqld"] }),
    programs: ["mariadbd", "mysqld"],
    ports: known(officialDocs("mariadb"), [3306]),
    secretFiles: known(mariadbScript, {
      variables: [
        ...["MARIADB_ROOT_PASSWORD", "MARIADB_ROOT_PASSWORD_HASH", "MARIADB_ROOT_HOST", "MARIADB_DATABASE"],
        ...["MARIADB_USER", "MARIADB_PASSWORD", "MARIADB_PASSWORD_HASH", "MARIADB_REPLICATION_USER"],
        ...["MARIADB_REPLICATION_PASSWORD", "MARIADB_REPLICATION_PASSWORD_HASH", "MYSQL_ROOT_PASSWORD"],
        ...["MYSQL_ROOT_HOST", "MYSQL_DATABASE", "MYSQL_USER", "MYSQL_PASSWORD"],
      ],
      suffix: "_FILE",
    }),
    openSettings: known(mariadbScript, [
      "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD=1",
      "MYSQL_ALLOW_EMPTY_PASSWORD=1",
    ]),
    limits: { memory: "1g" },
  },
  {
    title: "MongoDB",
    names: ["docker.io/library/mongo"],
    user: known(officialDocs("mongo"), { start: "root", uid: 999 }),
    capabilities: known(mongoScript, stepDown),
    writable: known(mongoScript, { volumes: ["/data/db", "/data/configdb"], scratch: ["/tmp"] }),
    programs: ["mongod"],
    ports: known(officialDocs("mongo"), [27017]),
    secretFiles: known(mongoScript, {
      variables: ["MONGO_INITDB_ROOT_USERNAME", "MONGO_INITDB_ROOT_PASSWORD"],
      suffix: "_FILE",
    }),
    credentials: known(officialDocs("mongo"), "no password without MONGO_INITDB_ROOT_USERNAME"),
    limits: { memory: "1g", pids: 1000 },
  },
  {
    title: "Redis",
    names: ["docker.io/library/redis"],
    user: known(redisDocs, { start: "root", uid: 999 }),
    capabilities: known(redisDocs, ["CHOWN", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETPCAP", "SETUID"]),
    writable: known(redisDocs, { volumes: ["/data"], scratch: [] }),
    programs: ["redis-server"],
    ports: known(redisDocs, [6379]),
    credentials: known(redisDocs, "no password, and protected mode is off"),
  },
  {
    title: "Valkey",
    names: ["docker.io/valkey/valkey"],
    user: known(valkeyScript, { start: "root" }),
    capabilities: known(valkeyScript, stepDown),
    writable: known(valkeyScript, { volumes: ["/data"], scratch: [] }),
    programs: ["valkey-server"],
    ports: known(valkeyScript, [6379]),
    credentials: known(valkeyFile, "no password, and protected mode is off"),
  },
  {
    title: "Memcached",
    names: ["docker.io/library/memcached"],
    user: known(memcachedFile, { start: "memcache", uid: 11211 }),
    capabilities: known(memcachedFile, []),
    writable: known(memcachedFile, { volumes: [], scratch: [] }),
    programs: ["memcached"],
    ports: known(memcachedFile, [11211]),
    credentials: known(officialDocs("memcached"), "no password"),
  },
  {
    title: "Apache Cassandra",
    names: ["docker.io/library/cassandra"],
    user: known(cassandraScript, { start: "root", uid: 999 }),
    capabilities: known(cassandraScript, stepDown),
    rewritesItself: known(cassandraScript, "its entrypoint changes cassandra.yaml in /etc/cassandra"),
    programs: ["cassandra"],
    ports: known(officialDocs("cassandra"), [7000, 7001, 7199, 9042, 9160]),
    credentials: known(cassandraSecurity, "no password"),
    limits: { memory: "4g", pids: 4096 },
  },
  {
    title: "CouchDB",
    names: ["docker.io/library/couchdb", "docker.io/apache/couchdb"],
    user: known(officialDocs("couchdb"), { start: "root", uid: 5984 }),
    capabilities: known("https://github.com/apache/couchdb-docker", stepDownWithModes),
    rewritesItself: known(
      couchdbScript,
      "its entrypoint writes the administrator to /opt/couchdb/etc/local.d/docker.ini",
    ),
    programs: ["/opt/couchdb/bin/couchdb"],
    ports: known(officialDocs("couchdb"), [5984, 4369, 9100]),
    limits: { memory: "1g", pids: 1000 },
  },
  {
    title: "InfluxDB",
    names: ["docker.io/library/influxdb"],
    tags: ["2*", "latest", "alpine"],
    user: known(influxDocs, { start: "root" }),
    capabilities: known("https://github.com/influxdata/influxdata-docker", stepDownWithModes),
    writable: known(influxFile, { volumes: ["/var/lib/influxdb2", "/etc/influxdb2"], scratch: ["/tmp"] }),
    programs: ["influxd"],
    ports: known(influxDocs, [8086]),
    secretFiles: known(influxDocs, {
      variables: [
        "DOCKER_INFLUXDB_INIT_USERNAME",
        "DOCKER_INFLUXDB_INIT_PASSWORD",
        "DOCKER_INFLUXDB_INIT_ADMIN_TOKEN",
      ],
      suffix: "_FILE",
    }),
    limits: { memory: "1g" },
  },
  {
    title: "Neo4j",
    names: ["docker.io/library/neo4j"],
    user: known(officialDocs("neo4j"), { start: "root", uid: 7474 }),
    ports: known(officialDocs("neo4j"), [7473, 7474, 7687]),
    credentials: known(officialDocs("neo4j"), "neo4j / neo4j, to be changed at the first login"),
    openSettings: known(officialDocs("neo4j"), ["NEO4J_AUTH=none"]),
    limits: { memory: "2g", pids: 4096 },
  },
  {
    title: "ClickHouse",
    names: ["docker.io/library/clickhouse", "docker.io/clickhouse/clickhouse-server"],
    user: known(clickhouseDocs, { start: "root", uid: 101 }),
    writable: known(clickhouseScript, {
      volumes: ["/var/lib/clickhouse"],
      scratch: ["/tmp", "/var/log/clickhouse-server"],
      kept: ["/etc/clickhouse-server/users.d"],
    }),
    ports: known(clickhouseDocs, [8123, 9000, 9009]),
    limits: { memory: "4g", pids: 4096 },
  },
  {
    title: "CockroachDB",
    names: ["docker.io/cockroachdb/cockroach"],
    user: known(cockroachFile, { start: "root" }),
    ports: known(cockroachFile, [26257, 8080]),
    limits: { memory: "2g", pids: 1000 },
  },
  {
    title: "etcd",
    names: ["quay.io/coreos/etcd", "gcr.io/etcd-development/etcd", "registry.k8s.io/etcd"],
    ports: known("https://etcd.io/docs/latest/op-guide/configuration/", [2379, 2380]),
    credentials: known("https://etcd.io/docs/latest/op-guide/authentication/rbac/", "no password"),
  },
  {
    title: "MinIO",
    names: ["docker.io/minio/minio", "quay.io/minio/minio"],
    user: known("https://github.com/minio/minio/blob/master/Dockerfile.release", { start: "root" }),
    capabilities: known(
      "https://github.com/minio/minio/blob/master/dockerscripts/docker-entrypoint.sh",
      rootWithForeignFiles,
    ),
    writable: known(minioCerts, { volumes: [], scratch: ["/tmp", "/root/.minio"] }),
    programs: ["server", "minio"],
    ports: known("https://github.com/minio/minio/blob/master/Dockerfile.release", [9000]),
    secretFiles: known("https://github.com/minio/minio/blob/master/Dockerfile.release", {
      variables: ["MINIO_ROOT_USER", "MINIO_ROOT_PASSWORD"],
      suffix: "_FILE",
    }),
    credentials: known("https://github.com/minio/minio/blob/master/README.md", "minioadmin / minioadmin"),
    limits: { memory: "1g", pids: 1000 },
  },
];
