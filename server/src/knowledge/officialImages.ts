import type { ImageFamily } from "./images";

/** What is known of an image beyond the collected table: judged by hand from the images' own build files. */
export interface JudgedImage {
  /** Overrides the collected default user. */
  readonly user?: string;
  /**
   * Where the default user differs from tag to tag: the first pattern that the tag matches decides, `*` standing
   * for anything. An undefined user says that it is not known for these tags.
   */
  readonly tagUsers?: readonly (readonly [tag: string, user: string | undefined])[];
  /** `name`, `name:uid`, or `name:uid/uid` where the second is the number in Alpine variants. */
  readonly users?: readonly string[];
  /** The program with which the entrypoint gives up root before it starts the service. */
  readonly drops?: string;
  /** The user of the processes that do the work, where only a supervising process stays root. */
  readonly workers?: string;
  /** The tags, as patterns, that `workers` holds for; all of them where it is missing. */
  readonly workersIn?: readonly string[];
  /** What the image is made of where its tag does not say; `null` where that is not known. */
  readonly family?: ImageFamily | null;
  readonly deprecated?: string;
  /** A name to use instead. */
  readonly replacement?: string;
}

/** Additions to the collected facts about official images, by name. */
export const judgedOfficialImages: ReadonlyMap<string, JudgedImage> = new Map<string, JudgedImage>([
  // Users that differ from tag to tag.
  [
    "docker",
    {
      user: "root",
      tagUsers: [["*rootless*", "rootless"]],
      users: ["dockremap", "rootless:1000"],
      family: "alpine",
    },
  ],
  [
    "elasticsearch",
    {
      tagUsers: [
        ["1*", "root"],
        ["2*", "root"],
        ["5*", "root"],
        ["6*", "root"],
        ["7*", "root"],
      ],
      users: ["elasticsearch:1000"],
    },
  ],
  [
    "flink",
    {
      user: "flink",
      tagUsers: [
        ["1.*", "root"],
        ["2.0*", "root"],
        ["2.1*", "root"],
        ["2.2*", undefined],
      ],
    },
  ],
  [
    "geonetwork",
    {
      tagUsers: [
        ["4*", "jetty"],
        ["3*", "root"],
      ],
    },
  ],
  [
    "haproxy",
    {
      tagUsers: [
        ["1.*", "root"],
        ["2.0*", "root"],
        ["2.1*", "root"],
        ["2.2*", "root"],
        ["2.3*", "root"],
      ],
    },
  ],
  [
    "influxdb",
    {
      user: "root",
      tagUsers: [
        ["3*", "influxdb3"],
        ["1.12*", "influxdb"],
      ],
      users: ["influxdb:1500/1000", "influxdb3:1500"],
    },
  ],
  ["mariadb", { user: "root", tagUsers: [["*ubi*", "mysql"]], users: ["mysql:999"] }],
  ["percona", { user: "mysql", tagUsers: [["psmdb*", "1001"]] }],
  [
    "varnish",
    {
      user: "varnish",
      tagUsers: [
        ["stable*", "root"],
        ["6.*", "root"],
      ],
    },
  ],
  [
    "wordpress",
    {
      user: "root",
      tagUsers: [["cli*", "www-data"]],
      users: ["www-data:33/82"],
      workers: "www-data",
      family: "debian",
    },
  ],

  // Uids that differ in Alpine variants, and services that keep only their supervising process root.
  ["drupal", { users: ["www-data:33/82"], workers: "www-data" }],
  ["eclipse-mosquitto", { workers: "mosquitto", family: "alpine" }],
  ["espocrm", { users: ["www-data:33/82"], workers: "www-data" }],
  ["friendica", { users: ["www-data:33/82"], workers: "www-data" }],
  ["haxe", { family: "debian" }],
  ["httpd", { users: ["www-data:33/82"], workers: "www-data" }],
  ["joomla", { users: ["www-data:33/82"], workers: "www-data", family: "debian" }],
  ["matomo", { users: ["www-data:33/82"], workers: "www-data", family: "debian" }],
  ["mediawiki", { users: ["www-data:33/82"], workers: "www-data", family: "debian" }],
  ["monica", { users: ["www-data:33/82"], workers: "www-data" }],
  ["mysql", { family: "redhat" }],
  ["nats", { family: "scratch" }],
  ["nextcloud", { users: ["www-data:33/82"], workers: "www-data", family: "debian" }],
  ["nginx", { workers: "nginx" }],
  ["php", { users: ["www-data:33/82"], workers: "www-data", workersIn: ["*apache*", "*fpm*"] }],
  ["phpmyadmin", { users: ["www-data:33/82"], workers: "www-data", family: "debian" }],
  ["postgres", { users: ["postgres:999/70"] }],
  ["rabbitmq", { users: ["rabbitmq:999/100"], family: "debian" }],
  ["gradle", { users: ["gradle:1000"] }],

  // Entrypoints that give up root with their own means.
  ["clickhouse", { drops: "clickhouse su" }],
  ["crate", { drops: "chroot", family: "redhat" }],
  ["neo4j", { drops: "gosu" }],

  // What an image is made of, where neither its tag nor its list of suites says so.
  ["adminer", { family: "alpine" }],
  ["almalinux", { family: "redhat" }],
  ["alpine", { family: "alpine" }],
  ["amazoncorretto", { family: "redhat" }],
  ["amazonlinux", { family: "redhat" }],
  ["archlinux", { family: "arch" }],
  ["azul-zulu", { family: "debian" }],
  ["bash", { family: "alpine" }],
  ["busybox", { family: "busybox" }],
  ["caddy", { family: "alpine" }],
  ["composer", { family: "alpine" }],
  ["couchdb", { family: "debian" }],
  ["dart", { family: "debian" }],
  ["debian", { family: "debian" }],
  ["elixir", { family: "debian" }],
  ["erlang", { family: "debian" }],
  ["fedora", { family: "redhat" }],
  ["jetty", { family: "debian" }],
  ["jruby", { family: "debian" }],
  ["kong", { family: "debian" }],
  ["mageia", { family: "redhat" }],
  ["odoo", { family: "debian" }],
  ["oraclelinux", { family: "redhat" }],
  ["photon", { family: "redhat" }],
  ["registry", { family: "alpine" }],
  [
    "rockylinux",
    {
      family: "redhat",
      deprecated: "it gets no updates in the official library",
      replacement: "rockylinux/rockylinux",
    },
  ],
  ["solr", { family: "debian" }],
  ["sonarqube", { family: "debian" }],
  ["spark", { family: "debian" }],
  ["telegraf", { family: "debian" }],
  ["traefik", { family: "alpine" }],
  ["ubuntu", { family: "debian" }],
  ["hello-world", { family: "scratch" }],

  // Retired, with the place where their software lives now.
  ["adoptopenjdk", { replacement: "eclipse-temurin" }],
  [
    "centos",
    {
      deprecated: "CentOS Linux has ended and the image gets no updates",
      replacement: "almalinux",
      family: "redhat",
    },
  ],
  ["clearlinux", { deprecated: "Intel ended Clear Linux in July 2025" }],
  ["clefos", { deprecated: "it ended together with CentOS 7", family: "redhat" }],
  ["consul", { replacement: "hashicorp/consul" }],
  ["django", { replacement: "python" }],
  ["emqx", { deprecated: "new versions come only in the vendor's own namespace", replacement: "emqx/emqx" }],
  ["iojs", { replacement: "node" }],
  ["java", { replacement: "eclipse-temurin" }],
  ["jenkins", { replacement: "jenkins/jenkins" }],
  [
    "liquibase",
    {
      deprecated: "new versions come only in the vendor's own namespace",
      replacement: "liquibase/liquibase",
    },
  ],
  ["mongo-express", { deprecated: "nobody maintains it" }],
  ["mosquitto", { replacement: "eclipse-mosquitto" }],
  ["nats-streaming", { replacement: "nats" }],
  ["notary", { deprecated: "the Notary project was archived in July 2025" }],
  [
    "openjdk",
    { deprecated: "it gets no release builds any more", replacement: "eclipse-temurin", family: null },
  ],
  ["opensuse", { replacement: "opensuse/leap", family: "suse" }],
  ["owncloud", { replacement: "owncloud/server" }],
  ["php-zendserver", { deprecated: "nobody maintains it" }],
  ["piwik", { replacement: "matomo" }],
  ["rails", { replacement: "ruby" }],
  ["ubuntu-debootstrap", { replacement: "ubuntu", family: "debian" }],
  ["unit", { deprecated: "NGINX Unit was archived in October 2025" }],
  ["vault", { replacement: "hashicorp/vault" }],
]);
