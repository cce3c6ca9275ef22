import type { PortMapping } from "../../documents/compose/model";

/** Ports that are not meant for everybody, as their projects document them. */
const sensitive: ReadonlyMap<number, string> = new Map([
  [22, "SSH"],
  [1433, "SQL Server"],
  [1521, "Oracle"],
  [2181, "ZooKeeper"],
  [2375, "Docker API"],
  [2376, "Docker API"],
  [2379, "etcd"],
  [3306, "MySQL"],
  [33060, "MySQL"],
  [4444, "Selenium"],
  [5005, "Java debugger"],
  [5432, "PostgreSQL"],
  [5601, "Kibana"],
  [5672, "RabbitMQ"],
  [5900, "VNC"],
  [5984, "CouchDB"],
  [6379, "Redis"],
  [7474, "Neo4j"],
  [7687, "Neo4j"],
  [8086, "InfluxDB"],
  [8123, "ClickHouse"],
  [8500, "Consul"],
  [8529, "ArangoDB"],
  [9042, "Cassandra"],
  [9092, "Kafka"],
  [9090, "Prometheus"],
  [9200, "Elasticsearch"],
  [9229, "Node.js debugger"],
  [9300, "Elasticsearch"],
  [11211, "Memcached"],
  [15672, "RabbitMQ console"],
  [26257, "CockroachDB"],
  [27017, "MongoDB"],
]);

/**
 * What listens behind a published port where that is a database, cache, broker, debugger or console: by the
 * container's port, since that is the one its project documents.
 */
export function sensitivePort({ target, published }: PortMapping): string | undefined {
  const range = target === "unknown" ? published : target;
  if (range === undefined || range === "unknown" || range.from !== range.to) return undefined;
  return listenerAt(range.from);
}

/** What listens on a port by its project's documentation, where that is not meant for everybody. */
export function listenerAt(port: number): string | undefined {
  return sensitive.get(port);
}
