import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import { parseImageReference } from "../../../server/src/documents/imageReference";
import { endOfLife, endOfLifeDates, endOfLifeSource } from "../../../server/src/knowledge/endOfLife";
import table from "../../../server/src/knowledge/endOfLife.json";

const dates = (image: string) =>
  endOfLifeDates(parseImageReference(image)!).map(
    ({ product, cycle, date }) => `${product} ${cycle} ${date}`,
  );

test("the version line of an image's own product", () => {
  assert.deepEqual(dates("ubuntu:12.04"), ["Ubuntu 12.04 2017-04-28"]);
  assert.deepEqual(dates("debian:buster-20210101-slim"), ["Debian 10 2022-09-10"]);
  assert.deepEqual(dates("node:14.21.3"), ["Node.js 14 2023-04-30"]);
  assert.deepEqual(dates("centos:centos7.9.2009"), ["CentOS 7 2024-06-30"]);
  assert.deepEqual(dates("postgres:9.6.24"), ["PostgreSQL 9.6 2021-11-11"]);
  assert.deepEqual(dates("amazonlinux:1"), ["Amazon Linux 2018.03 2023-12-31"]);
  assert.deepEqual(dates("mcr.microsoft.com/dotnet/sdk:6.0.400"), ["Microsoft .NET 6 2024-11-12"]);
  assert.deepEqual(dates("quay.io/centos/centos:stream8"), ["CentOS Stream 8 2024-05-31"]);
  assert.deepEqual(dates("container-registry.oracle.com/java/jdk:17.0.12-oraclelinux8"), [
    "Oracle JDK 17 2026-09-30",
    "Oracle Linux 8 2029-07-31",
  ]);
});

test("a major version alone means its newest line", () => {
  assert.deepEqual(dates("redis:6"), ["Redis 6.2 2027-04-01"]);
  assert.deepEqual(dates("mongo:4"), ["MongoDB Server 4.4 2024-02-29"]);
});

test("the system that a tag or name is built on counts as well", () => {
  assert.deepEqual(dates("python:3.8-slim-buster"), ["Python 3.8 2024-10-07", "Debian 10 2022-09-10"]);
  assert.deepEqual(dates("node:20-alpine3.16"), ["Node.js 20 2026-04-30", "Alpine Linux 3.16 2024-05-23"]);
  assert.deepEqual(dates("gcr.io/distroless/static-debian10:nonroot"), ["Debian 10 2022-09-10"]);
  assert.equal(endOfLife(parseImageReference("python:3.8-slim-buster")!)?.product, "Debian");
});

test("other projects' releases are not taken for Ubuntu's", () => {
  assert.deepEqual(dates("ros:kinetic-ros-base-xenial"), ["Ubuntu 16.04 2021-04-02"]);
  assert.deepEqual(dates("ros:lunar-ros-core"), []);
  assert.deepEqual(dates("ubuntu:lunar"), ["Ubuntu 23.04 2024-01-20"]);
});

test("a rolling or unknown tag has no end", () => {
  const images = [
    "node",
    "node:latest",
    "node:lts-alpine",
    "alpine:20230101",
    "python:3f2a1",
    "somebody/app:1",
    "openjdk:8",
  ];
  for (const image of images) assert.deepEqual(dates(image), [], image);
});

test("extended support is told apart", () => {
  const debian = endOfLife(parseImageReference("debian:12")!);
  assert.equal(debian?.date, "2026-07-11");
  assert.equal(debian?.extended, "2028-06-30");
});

test("the tables stay small and say where they come from", () => {
  const folder = "server/src/knowledge";
  const size = ["images.json", "endOfLife.json"].map((name) => readFileSync(`${folder}/${name}`).length);
  assert.ok(size.reduce((sum, one) => sum + one, 0) < 90_000);
  assert.equal(Object.keys(table.products).length, 125);
  for (const [slug, { label, kind, cycles }] of Object.entries(table.products)) {
    assert.ok(label !== "" && kind !== "", slug);
    for (const cycle of cycles.split(" "))
      assert.match(cycle, /^[\w.+-]+=(?:\d{4}-\d\d-\d\d)?(?:\+\d{4}-\d\d-\d\d)?$/, slug);
  }
  assert.match(endOfLifeSource.source, /^https:\/\/github\.com\/endoflife-date\/endoflife\.date\/tree\//);
});
