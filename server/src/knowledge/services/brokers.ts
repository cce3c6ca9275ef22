import type { ServiceImage } from "../serviceImages";
import { known, officialDocs, stepDown } from "./facts";

const rabbitScript = "https://github.com/docker-library/rabbitmq/blob/master/docker-entrypoint.sh";
const kafkaFile = "https://github.com/apache/kafka/blob/trunk/docker/jvm/Dockerfile";
const zookeeperScript = "https://github.com/31z4/zookeeper-docker";
const mosquittoSource = "https://github.com/eclipse-mosquitto/mosquitto/tree/master/docker";
const confluentFile = "https://github.com/confluentinc/kafka-images";

/** Message brokers, queues and coordination services. */
export const brokerImages: readonly ServiceImage[] = [
  {
    title: "RabbitMQ",
    names: ["docker.io/library/rabbitmq"],
    user: known(rabbitScript, { start: "root" }),
    capabilities: known(rabbitScript, stepDown),
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
    ports: known(kafkaFile, [9092]),
    limits: { memory: "2g", pids: 4096 },
  },
  {
    title: "Confluent Platform",
    names: ["docker.io/confluentinc/cp-*"],
    exceptTags: ["3*", "4*", "5*"],
    user: known(confluentFile, { start: "appuser", uid: 1000 }),
    capabilities: known(confluentFile, []),
    limits: { memory: "2g", pids: 4096 },
  },
  {
    title: "Apache ZooKeeper",
    names: ["docker.io/library/zookeeper"],
    user: known(zookeeperScript, { start: "root", uid: 1000 }),
    capabilities: known(zookeeperScript, stepDown),
    programs: ["zkServer.sh"],
    ports: known(officialDocs("zookeeper"), [2181, 2888, 3888, 8080]),
    limits: { memory: "1g", pids: 2048 },
  },
  {
    title: "NATS",
    names: ["docker.io/library/nats"],
    user: known(officialDocs("nats"), { start: "root" }),
    ports: known(officialDocs("nats"), [4222, 6222, 8222]),
    credentials: known(officialDocs("nats"), "no password"),
  },
  {
    title: "Eclipse Mosquitto",
    names: ["docker.io/library/eclipse-mosquitto"],
    user: known(mosquittoSource, { start: "root", uid: 1883 }),
    capabilities: known(mosquittoSource, stepDown),
    programs: ["/usr/sbin/mosquitto"],
    ports: known(mosquittoSource, [1883]),
  },
  {
    title: "EMQX",
    names: ["docker.io/emqx/emqx", "docker.io/library/emqx"],
    ports: known(
      "https://docs.emqx.com/en/emqx/latest/deploy/install-docker.html",
      [1883, 8083, 8084, 8883, 18083],
    ),
    credentials: known("https://docs.emqx.com/en/emqx/latest/dashboard/introduction.html", "admin / public"),
    limits: { memory: "1g", pids: 1000 },
  },
];
