import assert from "node:assert/strict";
import test from "node:test";
import { parseImageReference } from "../../../server/src/documents/imageReference";
import { imageFamily } from "../../../server/src/knowledge/imageFamily";
import { imageFacts } from "../../../server/src/knowledge/images";
import images from "../../../server/src/knowledge/images.json";

const reference = (text: string) => parseImageReference(text)!;
const user = (text: string) => {
  const fact = imageFacts(reference(text))?.defaultUser;
  return fact?.state === "known" ? fact.user : fact?.state;
};

test("the default user of an official image follows its tag", () => {
  const users: Readonly<Record<string, string>> = {
    node: "root",
    "memcached:1.6-alpine": "memcache",
    "docker:29-dind": "root",
    "docker:29-dind-rootless": "rootless",
    "influxdb:2.7": "root",
    "influxdb:3-core": "influxdb3",
    "influxdb:1.12-alpine": "influxdb",
    "mariadb:11": "root",
    "mariadb:11-ubi9": "mysql",
    "wordpress:cli": "www-data",
    "wordpress:6-fpm": "root",
    "haproxy:3.0": "haproxy",
    "haproxy:1.8-alpine": "root",
    "flink:2.3": "flink",
    "flink:2.2": "unknown",
    "elasticsearch:7.17.0": "root",
    "elasticsearch:8.15.0": "1000:0",
    "aerospike:7": "unknown",
    "golang:1.24-nanoserver": "ContainerUser",
  };
  for (const [image, expected] of Object.entries(users)) assert.equal(user(image), expected, image);
});

test("the default user of a vendor's image follows its tag", () => {
  const users: Readonly<Record<string, string>> = {
    "gcr.io/distroless/static-debian12": "root",
    "gcr.io/distroless/static-debian12:nonroot": "nonroot",
    "gcr.io/distroless/base:debug-nonroot": "nonroot",
    "cgr.dev/chainguard/node": "65532",
    "cgr.dev/chainguard/wolfi-base": "root",
    "dhi.io/node:22": "nonroot",
    "dhi.io/node:22-dev": "root",
    "mcr.microsoft.com/dotnet/aspnet:8.0": "root",
    "mcr.microsoft.com/dotnet/aspnet:8.0-noble-chiseled": "app",
    "mcr.microsoft.com/dotnet/runtime:10.0-azurelinux3.0-distroless": "app",
    "nginxinc/nginx-unprivileged:1.27": "101",
    "bitnami/redis:7": "1001",
    "bitnami/minideb": "root",
    "registry.access.redhat.com/ubi9": "root",
    "registry.access.redhat.com/ubi9/ubi-minimal:9.4": "root",
    "registry.access.redhat.com/ubi9-minimal": "root",
    "registry.access.redhat.com/ubi9/nodejs-22": "1001",
    "registry.access.redhat.com/ubi8/openjdk-17": "185",
    "grafana/grafana:11.0.0": "472",
    "prom/prometheus": "nobody",
    "prom/blackbox-exporter": "unknown",
    "quay.io/jupyter/base-notebook": "1000",
  };
  for (const [image, expected] of Object.entries(users)) assert.equal(user(image), expected, image);
});

test("an image outside the tables has no facts", () => {
  for (const image of ["somebody/app", "registry.example.com/node", "library/nosuchimage", "constructor"]) {
    assert.equal(imageFacts(reference(image)), undefined, image);
  }
});

test("mirrors and single architectures of the official library have its facts", () => {
  for (const image of [
    "public.ecr.aws/docker/library/node:22",
    "arm64v8/node:22",
    "mirror.gcr.io/library/node",
  ]) {
    const facts = imageFacts(reference(image));
    assert.equal(facts?.official, true, image);
    assert.deepEqual(facts?.users, [{ name: "node", uid: 1000 }], image);
  }
});

test("numbers of users follow the variant", () => {
  const users = (image: string) => imageFacts(reference(image))?.users;
  assert.deepEqual(users("postgres:17"), [{ name: "postgres", uid: 999 }]);
  assert.deepEqual(users("postgres:17-alpine"), [{ name: "postgres", uid: 70 }]);
  assert.deepEqual(users("php:8.3-fpm"), [{ name: "www-data", uid: 33 }]);
  assert.deepEqual(users("mcr.microsoft.com/dotnet/sdk:8.0"), [{ name: "app", uid: 1654 }]);
  assert.deepEqual(users("mcr.microsoft.com/dotnet/sdk:6.0"), []);
});

test("an entrypoint gives up root only where it starts as root", () => {
  assert.equal(imageFacts(reference("redis:7"))?.drops, "gosu");
  assert.equal(imageFacts(reference("nginx"))?.workers, "nginx");
  assert.equal(imageFacts(reference("nginx"))?.drops, undefined);
  assert.equal(imageFacts(reference("php:8.4-fpm-alpine"))?.workers, "www-data");
  assert.equal(imageFacts(reference("php:8.4-cli"))?.workers, undefined);
  assert.equal(imageFacts(reference("mariadb:11-ubi"))?.drops, undefined);
});

test("retired images name their successor", () => {
  assert.equal(imageFacts(reference("java:8"))?.removedOn, "2017-05-17");
  assert.equal(imageFacts(reference("java:8"))?.replacement, "eclipse-temurin");
  assert.equal(imageFacts(reference("openjdk:21"))?.deprecated, "it gets no release builds any more");
  assert.equal(imageFacts(reference("node"))?.deprecated, undefined);
});

test("the family comes from the tag, and else from the name", () => {
  const families: Readonly<Record<string, string | undefined>> = {
    scratch: "scratch",
    alpine: "alpine",
    node: "debian",
    "node:22-alpine3.22": "alpine",
    "node:22-bookworm-slim": "debian",
    "mysql:8": "redhat",
    "mysql:8-debian": "debian",
    "amazoncorretto:21": "redhat",
    "amazoncorretto:21-alpine": "alpine",
    "eclipse-temurin:21-jre-ubi9-minimal": "redhat",
    "openjdk:11": undefined,
    "openjdk:11-slim": "debian",
    "golang:windowsservercore-ltsc2022": "windows",
    "gcr.io/distroless/java21-debian12": "distroless",
    "cgr.dev/chainguard/go:latest-dev": "alpine",
    "mcr.microsoft.com/dotnet/runtime:8.0-noble-chiseled": "distroless",
    "mcr.microsoft.com/dotnet/sdk:8.0-alpine": "alpine",
    "registry.example.com/team/app:1-bookworm": "debian",
    "somebody/app": undefined,
  };
  for (const [image, family] of Object.entries(families))
    assert.equal(imageFamily(reference(image)), family, image);
});

test("development containers are told apart", () => {
  assert.equal(imageFacts(reference("mcr.microsoft.com/devcontainers/go:1"))?.devcontainer, true);
  assert.equal(imageFacts(reference("golang"))?.devcontainer, false);
});

test("every fact says as of when and from where", () => {
  const facts = imageFacts(reference("debian:13"))!;
  assert.match(facts.asOf, /^\d{4}-\d\d-\d\d$/);
  assert.match(facts.source, /^https:\/\/github\.com\/docker-library\/official-images\/tree\/[0-9a-f]{40}$/);
  assert.ok(Object.keys(images.official).length > 140);
});
