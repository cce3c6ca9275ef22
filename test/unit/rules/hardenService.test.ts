import assert from "node:assert/strict";
import test from "node:test";
import { parseCompose } from "../../../server/src/documents/compose/parse";
import { hardeningOf, hardenTitle } from "../../../server/src/rules/shared/hardenService";
import { applyEdits } from "../../../server/src/text/edit";

/** The text after the service of a name, or the first one, was hardened, and the action's title. */
function harden(text: string, name?: string): { readonly text: string; readonly title: string } | undefined {
  const document = parseCompose(text);
  const service = document.services.find((one) => name === undefined || one.name === name);
  assert.ok(service);
  const hardening = hardeningOf(document, service);
  return hardening && { text: applyEdits(text, hardening.edits), title: hardenTitle(service, hardening) };
}

const rest = "    pids_limit: 200\n    mem_limit: 512m\n    cpus: 1\n";

test("a known image gets what it needs, in the file's own style", () => {
  const before =
    'services:\n  db: # the store\n    image: "postgres:17"\n    ports:\n      - "5432:5432" # for psql\n# end\n';
  assert.deepEqual(harden(before), {
    title: 'Harden service "db"',
    text: `services:\n  db: # the store\n    image: "postgres:17"\n    ports:\n      - "127.0.0.1:5432:5432" # for psql\n    cap_drop:\n      - ALL\n    cap_add:\n      - CHOWN\n      - DAC_OVERRIDE\n      - FOWNER\n      - SETGID\n      - SETUID\n    security_opt:\n      - no-new-privileges:true\n    read_only: true\n    tmpfs:\n      - /tmp\n      - /var/run/postgresql\n${rest}# end\n`,
  });
});

test("flow style, CRLF and a missing line break at the end", () => {
  assert.equal(
    harden("services: { cache: { image: memcached, deploy: {} } }")?.text,
    "services: { cache: { image: memcached, deploy: {}, cap_drop: [ALL], security_opt: [no-new-privileges:true], read_only: true } }",
  );
  const crlf = harden("services:\r\n    cache:\r\n        image: memcached:1");
  assert.equal(
    crlf?.text,
    "services:\r\n    cache:\r\n        image: memcached:1\r\n        cap_drop:\r\n            - ALL\r\n        security_opt:\r\n            - no-new-privileges:true\r\n        read_only: true\r\n        pids_limit: 200\r\n        mem_limit: 512m\r\n        cpus: 1",
  );
});

test("what is there already is completed, and decisions stay", () => {
  const text =
    "services:\n  db:\n    image: mariadb:11\n    cap_add: [CAP_CHOWN]\n    cap_drop: [NET_RAW]\n    read_only: false\n    mem_limit: 0\n    security_opt:\n    - no-new-privileges:false\n    - apparmor:db\n";
  assert.equal(
    harden(text)?.text,
    "services:\n  db:\n    image: mariadb:11\n    cap_add: [CAP_CHOWN, DAC_OVERRIDE, SETGID, SETUID]\n    cap_drop: [NET_RAW, ALL]\n    read_only: false\n    mem_limit: 0\n    security_opt:\n    - no-new-privileges:true\n    - apparmor:db\n    pids_limit: 200\n    cpus: 1\n",
  );
});

test("an item of the last list stays before the new keys", () => {
  const text = "services:\n  web:\n    build: .\n    ports:\n      - target: 3000\n        published: 3000\n";
  assert.match(harden(text)?.text ?? "", /published: 3000\n {8}host_ip: 127\.0\.0\.1\n {4}security_opt:/);
});

test("what nobody knows is left out, and the title says so", () => {
  const built = harden("services:\n  app:\n    build: .\n");
  assert.equal(built?.title, 'Harden service "app" without cap_drop, read_only');
  assert.equal(
    built?.text,
    `services:\n  app:\n    build: .\n    security_opt:\n      - no-new-privileges:true\n${rest}`,
  );
  assert.equal(
    harden("services:\n  vault:\n    image: hashicorp/vault:1.21\n")?.title,
    'Harden service "vault" without no-new-privileges, read_only',
  );
  assert.equal(
    harden("services:\n  web:\n    image: memcached\n    deploy: { replicas: 2 }\n")?.title,
    'Harden service "web" without pids_limit, mem_limit, cpus',
  );
});

test("an overridden entrypoint, command or user changes what is known", () => {
  const titleOf = (keys: string): string | undefined =>
    harden(`services:\n  db:\n    image: postgres:17\n${keys}`)?.title;
  const unknown = 'Harden service "db" without cap_drop, read_only';
  assert.equal(titleOf("    entrypoint: /start.sh\n"), unknown);
  assert.equal(titleOf("    command: sh -c 'postgres'\n"), unknown);
  assert.equal(titleOf("    command: postgres -c fsync=off\n"), 'Harden service "db"');
  assert.equal(titleOf("    command: [-c, fsync=off]\n"), 'Harden service "db"');
  assert.equal(titleOf("    user: ${WHO}\n"), 'Harden service "db" without cap_drop');
  const asUser = harden("services:\n  app:\n    build: .\n    user: '1000'\n");
  assert.equal(asUser?.title, 'Harden service "app" without read_only');
  assert.match(asUser?.text ?? "", /cap_drop:\n {6}- ALL\n {4}security_opt/);
  const caddy = harden("services:\n  web:\n    image: caddy:2\n    user: '1000'\n");
  assert.match(caddy?.text ?? "", /cap_add:\n {6}- NET_BIND_SERVICE\n {4}security_opt/);
  assert.equal(
    harden("services:\n  m:\n    image: memcached:1\n    user: root\n")?.title,
    'Harden service "m" without cap_drop',
  );
});

test("a read-only root needs every place that is written to", () => {
  const titleOf = (image: string, keys: string): string | undefined =>
    harden(`services:\n  a:\n    image: ${image}\n${keys}`)?.title;
  assert.equal(titleOf("caddy:2", ""), 'Harden service "a" without read_only');
  assert.equal(
    titleOf("caddy:2", "    volumes: ['keep:/data', './c:/config:ro']\n"),
    'Harden service "a" without read_only',
  );
  assert.equal(titleOf("caddy:2", "    volumes: ['keep:/data', './c:/config']\n"), 'Harden service "a"');
  assert.equal(
    titleOf("nginx:1", "    volumes: ['./t:/etc/nginx/templates:ro']\n"),
    'Harden service "a" without read_only',
  );
  assert.equal(
    titleOf("postgres:17", "    environment: { PGDATA: /srv/pg }\n"),
    'Harden service "a" without read_only',
  );
  assert.equal(
    titleOf("prom/prometheus:v3", "    command: --storage.tsdb.path=/srv/p\n"),
    'Harden service "a" without read_only',
  );
  assert.equal(
    titleOf(
      "prom/prometheus:v3",
      "    command: --config.file=/etc/p.yml\n    volumes: ['./p.yml:/etc/p.yml:ro']\n",
    ),
    'Harden service "a"',
  );
  assert.equal(
    titleOf("postgres:17", "    volumes: ['x:${WHERE}']\n"),
    'Harden service "a" without read_only',
  );
  const covered = harden(
    "services:\n  a:\n    image: mysql:8\n    tmpfs: [/run]\n    volumes:\n      - ./tmp:/tmp\n",
  );
  assert.match(covered?.text ?? "", /tmpfs: \[\/run\]/);
  assert.match(covered?.text ?? "", /read_only: true\n {4}pids_limit/);
});

test("ports for everybody stay, and so do those that Compose ignores", () => {
  const ports = (image: string, port: string, more = ""): boolean =>
    harden(`services:\n  a:\n    image: ${image}\n    ports: ['${port}']\n${more}`)?.text.includes(
      "127.0.0.1",
    ) === true;
  assert.equal(ports("app", "8080:80"), true);
  assert.equal(ports("app", "443:8443"), false);
  assert.equal(ports("nginx", "8080:80"), false);
  assert.equal(ports("app", "8080:80", "    network_mode: host\n"), false);
  assert.equal(ports("app", "10.0.0.1:8080:80"), false);
});

test("what several services share is not touched", () => {
  const shared =
    "services:\n  a: &a\n    image: memcached\n  b:\n    <<: *a\n  c:\n    image: memcached\n  d:\n    extends: c\n";
  for (const name of ["a", "c"]) assert.equal(harden(shared, name), undefined);
  assert.equal(harden(shared, "b")?.title, 'Harden service "b"');
  const lists =
    "x-opt: &opt [apparmor:x]\nservices:\n  a:\n    image: memcached\n    security_opt: *opt\n    ports: &p ['11211:11211']\n  b:\n    image: memcached\n    ports: *p\n";
  assert.equal(harden(lists, "a")?.title, 'Harden service "a" without no-new-privileges, ports on 127.0.0.1');
  assert.equal(
    harden("services:\n  a:\n    image: memcached\n    security_opt: &s [apparmor:x]\n")?.title,
    'Harden service "a" without no-new-privileges',
  );
  assert.equal(harden("x: &x\n  image: memcached\nservices:\n  a: *x\n"), undefined);
});

test("services of other files, and privileged ones", () => {
  assert.equal(harden("services:\n  a:\n    restart: always\n"), undefined);
  assert.equal(harden("services:\n  a:\n    extends: { file: b.yml, service: c }\n"), undefined);
  assert.equal(
    harden("services:\n  a:\n    image: memcached\n    privileged: true\n")?.text,
    `services:\n  a:\n    image: memcached\n    privileged: true\n    read_only: true\n${rest}`,
  );
});

test("what an image writes depends on its release, its settings and its mounts", () => {
  const titleOf = (image: string, keys = ""): string | undefined =>
    harden(`services:\n  a:\n    image: ${image}\n${keys}`)?.title;
  const [whole, without] = ['Harden service "a"', 'Harden service "a" without read_only'];
  assert.equal(titleOf("rabbitmq:4-management"), whole);
  assert.equal(titleOf("rabbitmq:3.8-management"), without);
  assert.equal(titleOf("nextcloud:31"), whole);
  assert.equal(titleOf("nextcloud:31", "    environment:\n      REDIS_HOST: cache\n"), without);
  assert.equal(titleOf("nextcloud:31", "    env_file: web.env\n"), without, "the file may set it");
  assert.equal(titleOf("postgres:17", "    env_file: db.env\n"), whole, "no variable matters");
  assert.equal(titleOf("traefik:v3", "    command: --providers.docker --log.level=DEBUG\n"), whole);
  assert.equal(titleOf("traefik:v3", "    command: [--experimental.plugins.a.moduleName=b]\n"), without);
  assert.equal(titleOf("grafana/grafana:12"), without, "its data would be lost");
  assert.equal(titleOf("grafana/grafana:12", "    volumes: ['data:/var/lib/grafana']\n"), whole);
  assert.equal(titleOf("minio/minio", "    command: server /data\n"), without);
  assert.equal(titleOf("minio/minio", "    command: server /data\n    volumes: ['data:/data']\n"), whole);
  assert.equal(titleOf("apache/kafka:4"), without, "its entrypoint writes its settings");
});
