import type { VolumeMount } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { defineRule } from "../../engine/rule";
import { unsafeFix } from "../shared/composeFix";
import { makeReadOnly, optionsOf } from "../shared/composeMountOptions";
import { composeKey } from "../shared/composeReferences";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-writable-config-bind",
  language: "compose",
  title: "Configuration is mounted to be read",
  why: `A configuration file of the project that is mounted without \`:ro\` can be changed from inside the container, and the
change outlives it: whoever breaks into the service once writes an upstream, an include or a start script of theirs into
it, on the host and perhaps into the next commit.

Add \`:ro\`. It does not fit where the service writes its own configuration (Home Assistant, pgAdmin) or its entrypoint
changes the owner of the file (\`chown\` in redis and postgres): so the fix is not applied in bulk. Directories of source
code are left alone, since they are mounted to be worked on; \`rw\` written out is taken for a decision.`,
  category: "mounts",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["owasp:RULE#8", "cis:5.6", "cwe:732"],
  references: [
    composeKey("volumes"),
    owaspDocker,
    cisDocker,
    cwe(732, "Incorrect permission assignment for critical resource"),
  ],
  local: true,
  messages: {
    writable: (service: string, path: string) =>
      `Whoever breaks into ${service} can change ${path} on the host`,
  },
  bad: [
    {
      title: "files, short form",
      source:
        'services:\n  web:\n    image: app:1\n    volumes:\n      - «./nginx.conf»:/etc/nginx/nginx.conf\n      - "«./certs/»:/etc/nginx/certs:z"\n      - ./html:/usr/share/nginx/html\n',
      fixed:
        'services:\n  web:\n    image: app:1\n    volumes:\n      - ./nginx.conf:/etc/nginx/nginx.conf:ro\n      - "./certs/:/etc/nginx/certs:z,ro"\n      - ./html:/usr/share/nginx/html\n',
    },
    {
      title: "long form, in both styles",
      source:
        "services:\n  web:\n    image: app:1\n    volumes:\n      - type: bind\n        source: «./prometheus.yml»\n        target: /etc/prometheus/prometheus.yml # scrape\n      - { type: bind, source: «./init.sql», target: /docker-entrypoint-initdb.d/init.sql }\n",
      fixed:
        "services:\n  web:\n    image: app:1\n    volumes:\n      - type: bind\n        source: ./prometheus.yml\n        target: /etc/prometheus/prometheus.yml # scrape\n        read_only: true\n      - { type: bind, source: ./init.sql, target: /docker-entrypoint-initdb.d/init.sql, read_only: true }\n",
    },
  ],
  good: [
    {
      title: "read-only",
      source:
        "services:\n  web:\n    image: app:1\n    volumes: ['./nginx.conf:/etc/nginx/nginx.conf:ro', './c:/etc/c:Z,ro']\n",
    },
    {
      title: "source code and data",
      source:
        "services:\n  web:\n    image: app:1\n    volumes: ['.:/app', './data:/var/lib/data', './src:/src', './app.json:/app/app.json']\n",
    },
    {
      title: "a decision",
      source: "services:\n  web:\n    image: app:1\n    volumes: ['./conf.d:/etc/conf.d:rw']\n",
    },
    {
      title: "a volume",
      source: "services:\n  web:\n    image: app:1\n    volumes: ['conf:/etc/nginx', '/etc/nginx']\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part: mount } of distinct(
      document,
      (one) => one.volumes,
      (one) => one.span,
    )) {
      if (!isConfiguration(mount)) continue;
      if (optionsOf(document, mount).some((option) => option.name === "rw")) continue;
      report("writable", [shorten(service.name, 32), shorten(mount.source ?? "", 40)], {
        at: mount.sourceSpan,
        fixes: unsafeFix("Mount read-only", makeReadOnly(document, mount)),
      });
    }
  },
});

/** By its place in the container: below `/etc` and where entrypoints look for scripts to run at the first start. */
function isConfiguration({ type, source, target, readOnly }: VolumeMount): boolean {
  if (type !== "bind" || readOnly || source === undefined || !/^\.\.?\//.test(source)) return false;
  return /^\/(?:etc\/.|docker-entrypoint-initdb\.d(?:\/|$)|docker-entrypoint\.d(?:\/|$))/.test(target ?? "");
}
