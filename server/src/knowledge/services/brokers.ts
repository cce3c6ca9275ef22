import type { ServiceImage } from "../serviceImages";
import { known, officialDocs, rootWithForeignFiles, stepDown } from "./facts";

const rabbitScript = "https://github.com/docker-library/rabbitmq/blob/master/docker-entrypoint.sh";
const rabbitFile = "https://github.com/docker-library/rabbitmq/blob/master/Dockerfile-ubuntu.template";
const kafkaScript = "https://github.com/apache/kafka/blob/trunk/docker/resources/common-scripts/configure";
const kafkaFile = "https://github.com/apache/kafka/blob/trunk/docker/jvm/Dockerfile";
const zookeeperScript = "https://github.com/31z4/zookeeper-docker";
const zookeeperFile = "https://github.com/31z4/zookeeper-docker/blob/master/3.9.3/Dockerfile";
const mosquittoSource = "https://github.com/eclipse-mosquitto/mosquitto/tree/master/docker";
const mosquittoFile = "https://github.com/eclipse-mosquitto/mosquitto/blob/master/docker/2.0/Dockerfile";
const confluentFile = "https://github.com/confluentinc/kafka-images";
const confluentScript =
  "https://github.com/confluentinc/kafka-images/blob/master/kafka/include/etc/confluent/docker/configure";
const natsFile = "https://github.com/nats-io/nats-docker/blob/main/2.10.x/scratch/Dockerfile";
const emqxFile = "https://github.com/emqx/emqx/blob/master/deploy/docker/Dockerfile";

/** Message brokers, queues and coordination services. */
export const brokerImages: readonly ServiceImage[] = [
  {
    title: "RabbitMQ",
    names: ["docker.io/library/rabbitmq"],
    user: known(rabbitScript, { start: "root" }),
    capabilities: known(rabbitScript, stepDown),
    writable: known(rabbitFile, {
      volumes: ["/var/lib/rabbitmq"],
      scratch: ["/tmp", "/var/log/rabbitmq"],
      exceptTags: ["3.5*", "3.6*", "3.7*", "3.8*"],
    }),
    programs: ["rabbitmq-server"],
    ports: known(officialDocs("rabbitmq"), [4369, 5671, 5672, 15671, 15672, 25672]),
    credentials: known(officialDocs("rabbitmq"), "guest / guest"),
    limits: { memory: "1g", pids: 1000 },
  },
  {
    title: "Apache Kafka",
    names: ["docker.io/apache/kafka"],
    user: known(kafkaFile, { start: "appuser", uid: 1000 }),
    capabilities: known(kafkaFile, []),
    rewritesItself: known(kafkaScript, "its entrypoint writes the settings to /opt/kafka/config"),
    ports: known(kafkaFile, [9092]),
    credentials: known("https://kafka.apache.org/documentation/#security_overview", "no password"),
    limits: { memory: "2g", pids: 4096 },
  },
  {
    title: "Confluent Platform",
    names: ["docker.io/confluentinc/cp-*"],
    exceptTags: ["3*", "4*", "5*"],
    user: known(confluentFile, { start: "appuser", uid: 1000 }),
    capabilities: known(confluentFile, []),
    rewritesItself: known(confluentScript, "its entrypoint writes the settings below /etc"),
    limits: { memory: "2g", pids: 4096 },
  },
  {
    title: "Apache ZooKeeper",
    names: ["docker.io/library/zookeeper"],
    user: known(zookeeperScript, { start: "root", uid: 1000 }),
    capabilities: known(zookeeperScript, stepDown),
    writable: known(zookeeperFile, {
      volumes: ["/data", "/datalog", "/logs"],
      scratch: ["/tmp"],
      kept: ["/conf"],
      exceptTags: ["3.4*"],
    }),
    programs: ["zkServer.sh"],
    ports: known(officialDocs("zookeeper"), [2181, 2888, 3888, 8080]),
    limits: { memory: "1g", pids: 2048 },
  },
  {
    title: "NATS",
    names: ["docker.io/library/nats"],
    user: known(officialDocs("nats"), { start: "root" }),
    capabilities: known(natsFile, rootWithForeignFiles),
    writable: known(natsFile, { volumes: [], scratch: ["/tmp"] }),
    programs: ["nats-server"],
    ports: known(officialDocs("nats"), [4222, 6222, 8222]),
    credentials: known(officialDocs("nats"), "no password"),
  },
  {
    title: "Eclipse Mosquitto",
    names: ["docker.io/library/eclipse-mosquitto"],
    user: known(mosquittoSource, { start: "root", uid: 1883 }),
    capabilities: known(mosquittoSource, stepDown),
    writable: known(mosquittoFile, { volumes: ["/mosquitto/data", "/mosquitto/log"], scratch: [] }),
    programs: ["/usr/sbin/mosquitto"],
    ports: known(mosquittoSource, [1883]),
  },
  {
    title: "EMQX",
    names: ["docker.io/emqx/emqx", "docker.io/library/emqx"],
    user: known(emqxFile, { start: "emqx", uid: 1000 }),
    capabilities: known(emqxFile, []),
    ports: known(
      "https://docs.emqx.com/en/emqx/latest/deploy/install-docker.html",
      [1883, 8083, 8084, 8883, 18083],
    ),
    credentials: known("https://docs.emqx.com/en/emqx/latest/dashboard/introduction.html", "admin / public"),
    limits: { memory: "1g", pids: 1000 },
  },
];
