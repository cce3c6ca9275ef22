import assert from "node:assert/strict";
import test from "node:test";
import { isDaemonFile, isDaemonText } from "../../../../server/src/documents/daemon/recognise";
import { kindOfContent } from "../../../../server/src/documents/kind";
import { corpusFiles, corpusMissing } from "../../../support/corpus";

const files: readonly (readonly [path: string, text: string, isOurs: boolean])[] = [
  ["/etc/docker/daemon.json", "{}", true],
  ["/etc/docker/daemon.json", "", true],
  ["/etc/docker/daemon.json", '{ "inse', true],
  ["C:\\ProgramData\\docker\\config\\daemon.json", '{ "debug": true }', true],
  ["file:///home/me/.docker/daemon.json", '{ "mtu": 1400, "wrong": 1 }', true],
  ["rootless/daemon.json", "{}", true],
  ["roles/docker/files/daemon.json", '{ "log-driver": "local" }', true],
  ["docker-daemon.json", "{}", true],
  ["docker/daemon.json", '{ "apps": [{ "name": "api" }] }', false],
  ["docker/daemon.json", '[{ "name": "api" }]', false],
  ["daemon.json", '{ "log-driver": "local" }', true],
  ["daemon.json", '{ "metrics-addr": "0.0.0.0:9323", "experimental": true }', true],
  ["daemon.json", '{ "debug": true, "hosts": ["tcp://0.0.0.0:2375"] }', true],
  ["daemon.json", '{ "iptables": false, "live_restore": true }', true],
  ["daemon.json", '{ "iptables": false, "a": 1, "b": 2 }', false],
  ["daemon.json", '{ "debug": true, "workers": 4 }', false],
  ["daemon.json", '{ "apps": [] }', false],
  ["daemon.json", "{}", false],
  ["daemon.json", "", false],
  ["daemon.json", '{ "__proto__": 1 }', false],
];

for (const [path, text, isOurs] of files) {
  test(`${path} with ${text || "nothing"} is ${isOurs ? "Docker's" : "another program's"}`, () => {
    assert.equal(isDaemonFile(path, text), isOurs);
  });
}

test("a text is told without a name only where nothing else can have its keys", () => {
  assert.equal(kindOfContent('{ "live-restore": true, "debug": true }'), "daemon");
  assert.equal(kindOfContent('\uFEFF\n{ "insecure-registries": [] }'), "daemon");
  assert.equal(kindOfContent('{ "debug": true }'), undefined);
  assert.equal(kindOfContent('{ "live-restore": true, "other": 1 }'), undefined);
  assert.equal(isDaemonText('"live-restore"'), false);
});

test("every real daemon.json is known as one in Docker's folder", (t) => {
  if (corpusMissing !== undefined) return t.skip(corpusMissing);
  const all = corpusFiles("daemon");
  assert.ok(all.length >= 5);
  for (const { path, text } of all)
    assert.equal(isDaemonFile(path, text) || isDaemonFile("docker/daemon.json", text), true, path);
});
