import type { ServiceImage } from "../serviceImages";
import { known, officialDocs, rootMaster } from "./facts";

const apacheStops = "https://httpd.apache.org/docs/2.4/stopping.html";

/** Runtimes: what they need depends on the program that somebody runs in them, so little is known. */
export const languageImages: readonly ServiceImage[] = [
  {
    title: "PHP with a web server",
    names: ["docker.io/library/php"],
    tags: ["*apache*", "*fpm*"],
    user: known(officialDocs("php"), { start: "root" }),
    capabilities: known(apacheStops, rootMaster),
    programs: ["apache2-foreground", "php-fpm"],
  },
  { title: "PHP", names: ["docker.io/library/php"], user: known(officialDocs("php"), { start: "root" }) },
  {
    title: "Node.js",
    names: ["docker.io/library/node"],
    user: known("https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md", {
      start: "root",
      uid: 1000,
    }),
  },
  {
    title: "Python",
    names: ["docker.io/library/python"],
    user: known(officialDocs("python"), { start: "root" }),
  },
  { title: "Ruby", names: ["docker.io/library/ruby"], user: known(officialDocs("ruby"), { start: "root" }) },
  {
    title: "Go",
    names: ["docker.io/library/golang"],
    user: known(officialDocs("golang"), { start: "root" }),
  },
  {
    title: "OpenJDK",
    names: ["docker.io/library/openjdk"],
    user: known(officialDocs("openjdk"), { start: "root" }),
    limits: { memory: "1g", pids: 2048 },
  },
  {
    title: "Eclipse Temurin",
    names: ["docker.io/library/eclipse-temurin"],
    user: known(officialDocs("eclipse-temurin"), { start: "root" }),
    limits: { memory: "1g", pids: 2048 },
  },
  {
    title: "Apache Tomcat",
    names: ["docker.io/library/tomcat"],
    user: known(officialDocs("tomcat"), { start: "root" }),
    ports: known(officialDocs("tomcat"), [8080]),
    limits: { memory: "1g", pids: 2048 },
  },
];
