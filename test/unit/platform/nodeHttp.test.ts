import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect } from "node:net";
import { join } from "node:path";
import test from "node:test";
import { nodeHttp } from "../../../server/src/platform/nodeHttp";
import { proxyFor } from "../../../server/src/platform/nodeProxy";
import { diskCache, nodeDocker } from "../../../server/src/platform/nodeRegistry";
import { folderWith } from "../../support/folder";
import { closed, digestOf, listening } from "../../support/registry";

const limits = { maxBytes: 1_000, timeout: 5_000, headers: {} };

test("the proxy for a URL, as curl finds it", () => {
  const url = new URL("https://registry.example.com/v2/");
  const host = (environment: Record<string, string>) => proxyFor(url, environment)?.url.host;
  assert.equal(host({}), undefined);
  assert.equal(host({ HTTPS_PROXY: "http://proxy:3128" }), "proxy:3128");
  assert.equal(host({ https_proxy: "proxy:3128", HTTPS_PROXY: "http://other" }), "proxy:3128");
  assert.equal(host({ ALL_PROXY: "http://proxy:1" }), "proxy:1");
  assert.equal(host({ HTTP_PROXY: "http://proxy:1" }), undefined);
  for (const exempt of ["*", "example.com", ".example.com", "*.example.com", "a,registry.example.com:443"])
    assert.equal(host({ HTTPS_PROXY: "http://proxy", NO_PROXY: exempt }), undefined, exempt);
  for (const other of ["ample.com", "registry.example.com:80", "example.org"])
    assert.equal(host({ HTTPS_PROXY: "http://proxy", NO_PROXY: other }), "proxy", other);
  assert.equal(
    proxyFor(url, { HTTPS_PROXY: "http://al%40ce:b@proxy" })?.login,
    `Basic ${Buffer.from("al@ce:b").toString("base64")}`,
  );
  assert.throws(() => proxyFor(url, { HTTPS_PROXY: "socks5://proxy" }), /not spoken here: socks5:/);
  assert.throws(() => proxyFor(url, { HTTPS_PROXY: "http://[" }), /no address/);
});

test("an encrypted question goes through the proxy's tunnel, and the certificate still counts", async (t) => {
  const folder = folderWith(t);
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"],
      ...["-keyout", "key.pem", "-out", "cert.pem", "-subj", "/CN=registry.test"],
      ...["-addext", "subjectAltName=DNS:registry.test"],
    ],
    { cwd: folder, stdio: "ignore" },
  );
  const tls = createTlsServer(
    { key: readFileSync(join(folder, "key.pem")), cert: readFileSync(join(folder, "cert.pem")) },
    (_request, response) => void response.end("through"),
  );
  const port = await listening(tls);
  const tunnels: string[] = [];
  const proxy = createServer();
  proxy.on("connect", (request, socket) => {
    tunnels.push(`${request.url} ${request.headers["proxy-authorization"] ?? ""}`);
    const upstream = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      upstream.pipe(socket).pipe(upstream);
    });
    upstream.on("error", () => socket.destroy());
    socket.on("error", () => upstream.destroy());
  });
  const proxyPort = await listening(proxy);
  t.after(() => {
    tls.closeAllConnections();
    tls.close();
    // The tunnels are no connections of the server's any more: they end with their other ends.
    proxy.close();
  });
  const script = `
    const { nodeHttp } = require(${JSON.stringify(join(__dirname, "../../../server/src/platform/nodeHttp.ts"))});
    nodeHttp.send({ method: "GET", url: "https://registry.test/v2/", headers: {}, maxBytes: 100, timeout: 5000 })
      .then((answer) => console.log(Buffer.from(answer.body).toString()), (error) => console.log(error.message));`;
  const { spawn } = await import("node:child_process");
  const run = (extra: Record<string, string>) =>
    new Promise<string>((resolve) => {
      const env = { ...process.env, HTTPS_PROXY: `http://al:ice@127.0.0.1:${proxyPort}`, ...extra };
      const child = spawn(process.execPath, ["--import", "tsx", "-e", script], { env });
      let out = "";
      child.stdout.on("data", (chunk) => (out += chunk));
      child.on("close", () => resolve(out.trim()));
    });
  assert.equal(await run({ NODE_EXTRA_CA_CERTS: join(folder, "cert.pem") }), "through");
  assert.deepEqual(tunnels, ["registry.test:443 Basic YWw6aWNl"]);
  assert.match(await run({ NODE_EXTRA_CA_CERTS: "" }), /self[- ]signed certificate/);
});

test("no answer within the limit, and nobody there", async (t) => {
  const silent = createServer(() => {});
  const port = await listening(silent);
  t.after(() => closed(silent));
  const send = (to: number) =>
    nodeHttp.send({ ...limits, timeout: 100, method: "GET", url: `http://127.0.0.1:${to}/` });
  await assert.rejects(send(port), /no answer within 0\.1 seconds/);
  // Every byte comes in time, and the answer never does.
  const dripping = createServer((_, response) => {
    const timer = setInterval(() => response.write(" "), 10);
    response.on("close", () => clearInterval(timer));
  });
  const drip = await listening(dripping);
  t.after(() => closed(dripping));
  await assert.rejects(send(drip), /no answer within 0\.1 seconds/);
  const gone = createServer();
  const free = await listening(gone);
  await closed(gone);
  await assert.rejects(send(free), /nobody listens there/);
  await assert.rejects(
    nodeHttp.send({ ...limits, method: "GET", url: "file:///etc/passwd" }),
    /not spoken here/,
  );
});

test("contents are kept by digest, shared, and thrown away when there are too many", async (t) => {
  const folder = join(folderWith(t), "deep/cache");
  const cache = diskCache(folder);
  const content = Buffer.from("hello");
  assert.equal(await cache.get(digestOf(content)), undefined);
  await Promise.all([
    cache.put(digestOf(content), content),
    diskCache(folder).put(digestOf(content), content),
  ]);
  assert.deepEqual(await cache.get(digestOf(content)), content);
  assert.deepEqual(readdirSync(folder), [digestOf(content).replace(":", "-")]);
  await cache.put("sha256:../../escape", content);
  await cache.put("sha512:abc", content);
  assert.equal(readdirSync(folder).length, 1);
  for (let i = 0; i < 2_000; i++) {
    const name = `sha256-${String(i).padStart(64, "0")}`;
    writeFileSync(join(folder, name), "x");
    utimesSync(join(folder, name), i, i);
  }
  writeFileSync(join(folder, `sha256-${"f".repeat(64)}.1-2`), "left behind");
  utimesSync(join(folder, `sha256-${"f".repeat(64)}.1-2`), 1, 1);
  const newest = Buffer.from("newest");
  await cache.put(digestOf(newest), newest);
  const names = readdirSync(folder);
  assert.equal(names.length, 2_000);
  assert.ok(names.includes(digestOf(newest).replace(":", "-")));
  assert.ok(!names.some((name) => name.includes(".")));
});

test("a credential helper is asked by its arguments, from the user's folder, for a bounded time and length", {
  skip: process.platform === "win32",
}, async (t) => {
  const folder = folderWith(t);
  const bin = join(folder, "bin");
  mkdirSync(bin);
  const helper = (name: string, script: string): void => {
    writeFileSync(join(bin, `docker-credential-${name}`), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, `docker-credential-${name}`), 0o755);
  };
  helper("good", `read server; echo "$# $1 $server $PWD"`);
  helper("none", "echo credentials not found in native keychain; exit 1");
  helper("bad", "echo secret >&2; exit 3");
  helper("loud", "head -c 200000 /dev/zero | tr '\\0' x");
  const { PATH } = process.env;
  process.env.PATH = `${bin}:${PATH}`;
  t.after(() => {
    process.env.PATH = PATH;
  });
  const answer = await nodeDocker.askHelper("good", "registry.example.com");
  assert.match(answer ?? "", /^1 get registry\.example\.com \/\S*\n$/);
  assert.equal(await nodeDocker.askHelper("none", "x"), undefined);
  await assert.rejects(nodeDocker.askHelper("bad", "x"), /^Error: it failed$/);
  await assert.rejects(nodeDocker.askHelper("loud", "x"), /^Error: it /);
  await assert.rejects(nodeDocker.askHelper("missing", "x"), /not installed/);
  await assert.rejects(nodeDocker.askHelper("../bin/docker-credential-good", "x"), /no usable name/);
  assert.equal(existsSync(join(folder, "x")), false);
});
