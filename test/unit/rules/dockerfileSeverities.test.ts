import assert from "node:assert/strict";
import test from "node:test";
import type { ExampleContext } from "../../../server/src/engine/rule";
import { rules } from "../../../server/src/rules/index";
import { findingsOf, inputFor } from "../../support/check";

interface Case {
  readonly rule: string;
  readonly when: string;
  readonly source: string;
  readonly severities: readonly string[];
  readonly context?: ExampleContext;
}

const digits = "0123456789abcdef".repeat(4);

const cases: readonly Case[] = [
  { rule: "sudo-in-run", when: "as root", source: "FROM debian:12\nRUN sudo make\n", severities: ["low"] },
  {
    rule: "sudo-in-run",
    when: "to give rights up",
    source: "FROM a:1\nRUN sudo -u app x\n",
    severities: ["low"],
  },
  { rule: "base-image-no-tag", when: "a default", source: "ARG B=debian\nFROM $B\n", severities: ["low"] },
  { rule: "base-image-latest-tag", when: "written out", source: "FROM x:latest\n", severities: ["medium"] },
  {
    rule: "base-image-latest-tag",
    when: "a default",
    source: "ARG T=latest\nFROM x:$T\n",
    severities: ["low"],
  },
  {
    rule: "base-image-public",
    when: "somebody's, named after its software, the owner's, and fixed by a digest",
    source: `FROM someone/tool:1\nFROM gogs-x/gogs-x\nFROM acme/tool\nFROM someone/tool@sha256:${digits}\n`,
    context: { owners: ["acme"] },
    severities: ["medium", "low", "low", "low"],
  },
  {
    rule: "copy-whole-context-without-dockerignore",
    when: "a part of the folder goes into the image",
    source: "FROM a:1 AS b\nWORKDIR /app\nCOPY . .\nFROM a:1\nCOPY --from=b /app/dist /app\n",
    context: { dockerignore: null },
    severities: ["medium"],
  },
  {
    rule: "copy-whole-context-without-dockerignore",
    when: "the folder goes into the image, from a stage that is built on the one that has it",
    source: "FROM a:1 AS b\nWORKDIR /app\nCOPY . src\nFROM b AS c\nFROM a:1\nCOPY --from=c /app/. /srv\n",
    context: { dockerignore: null },
    severities: ["high"],
  },
  {
    rule: "final-stage-user-root",
    when: "a base without a program",
    source: "FROM debian:12\nUSER root\n",
    severities: ["low"],
  },
  {
    rule: "final-stage-user-root",
    when: "a base image that is not known",
    source: "FROM registry.example.com/base:1\nUSER root\n",
    severities: ["medium"],
  },
  {
    rule: "final-stage-user-root",
    when: "a base image with its own service and user",
    source: "FROM jenkins/jenkins:2.528\nUSER root\n",
    severities: ["high"],
  },
  {
    rule: "final-stage-user-root",
    when: "a program",
    source: "FROM debian:12\nUSER root\nCMD x\n",
    severities: ["high"],
  },
  {
    rule: "final-stage-user-root",
    when: "an entrypoint that drops root",
    source: 'FROM debian:12\nUSER 0\nENTRYPOINT ["tini", "--", "gosu", "app", "x"]\n',
    severities: ["low"],
  },
  {
    rule: "final-stage-user-root",
    when: "su-exec is installed for a script",
    source: 'FROM alpine:3.21\nRUN apk add su-exec\nUSER root\nENTRYPOINT ["/entrypoint.sh"]\n',
    severities: ["low"],
  },
  {
    rule: "final-stage-user-root",
    when: "the base image's entrypoint drops root",
    source: "FROM postgres:17\nUSER root\nRUN apt-get update\n",
    severities: ["low"],
  },
  {
    rule: "final-stage-user-root",
    when: "an entrypoint of its own replaces that of the base",
    source: 'FROM postgres:17\nUSER root\nENTRYPOINT ["/x"]\n',
    severities: ["high"],
  },
  {
    rule: "missing-user-instruction",
    when: "a program",
    source: "FROM node:22\nCMD x\n",
    severities: ["high"],
  },
  {
    rule: "missing-user-instruction",
    when: "the whole context is copied in",
    source: "FROM python:3.13\nCOPY . /a\n",
    severities: ["high"],
  },
  {
    rule: "missing-user-instruction",
    when: "a port is opened",
    source: "FROM python:3.13\nCOPY app /a\nEXPOSE 80\n",
    severities: ["high"],
  },
  {
    rule: "missing-user-instruction",
    when: "the service of the base image gets files",
    source: "FROM nats:2.12\nCOPY nats.conf /etc/nats/\n",
    severities: ["high"],
  },
  {
    rule: "missing-user-instruction",
    when: "a builder gets files",
    source: "FROM python:3.13\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n",
    severities: ["low"],
  },
  {
    rule: "missing-user-instruction",
    when: "a prompt behind an entrypoint",
    source: 'FROM ubuntu:24.04\nENTRYPOINT ["/entrypoint.sh"]\nCMD ["bash"]\n',
    severities: ["low"],
  },
  {
    rule: "missing-user-instruction",
    when: "an interpreter as entrypoint",
    source: 'FROM ubuntu:24.04\nENTRYPOINT ["python3"]\nCMD ["app.py"]\n',
    severities: ["high"],
  },
  {
    rule: "missing-user-instruction",
    when: "a command that only prints",
    source: 'FROM alpine:3.21\nCMD ["sh", "-c", "echo hello; sleep 5"]\n',
    severities: ["low"],
  },
  {
    rule: "missing-user-instruction",
    when: "a service kept alive by tail",
    source: "FROM ubuntu:24.04\nCMD service ssh start && tail -f /dev/null\n",
    severities: ["high"],
  },
  {
    rule: "missing-user-instruction",
    when: "a web server whose workers are not root",
    source: "FROM php:8.4-apache\nCOPY src /var/www/html\n",
    severities: ["low"],
  },
  {
    rule: "missing-user-instruction",
    when: "a toolbox",
    source: "FROM debian:12\nRUN apt-get update\n",
    severities: ["low"],
  },
  {
    rule: "missing-user-instruction",
    when: "scratch",
    source: 'FROM scratch\nCMD ["/x"]\n',
    severities: ["low"],
  },
  {
    rule: "missing-user-instruction",
    when: "a base that drops root",
    source: "FROM redis:8\nCOPY x /x\n",
    severities: ["low"],
  },
  {
    rule: "missing-user-instruction",
    when: "an unknown base",
    source: "FROM registry.example.com/x:1\nCMD x\n",
    severities: [],
  },
  {
    rule: "secret-name-in-env",
    when: "random",
    source: "FROM a:1\nENV API_KEY=f8Kx02mPq7Lw9ZtR4vYc\n",
    severities: ["critical"],
  },
  {
    rule: "secret-name-in-env",
    when: "chosen",
    source: "FROM a:1\nENV API_KEY=tall-ships-race\n",
    severities: ["high"],
  },
  {
    rule: "secret-name-in-env",
    when: "known to all",
    source: "FROM a:1\nENV DB_PASSWORD=postgres\n",
    severities: ["medium"],
  },
  {
    rule: "secret-name-in-env",
    when: "a placeholder",
    source: "FROM a:1\nENV DB_PASSWORD=<password>\n",
    severities: [],
  },
  {
    rule: "secret-arg-default-value",
    when: "random",
    source: "FROM a:1\nARG API_KEY=f8Kx02mPq7Lw9ZtR4vYc\n",
    severities: ["critical"],
  },
  {
    rule: "secret-arg-default-value",
    when: "chosen",
    source: "FROM a:1\nARG API_KEY=tall-ships-race\n",
    severities: ["high"],
  },
  {
    rule: "password-in-url",
    when: "known to all",
    source: "FROM a:1\nENV U=postgres://postgres:postgres@db/x\n",
    severities: ["low"],
  },
  { rule: "base-image-no-tag", when: "an official image", source: "FROM debian\n", severities: ["medium"] },
  {
    rule: "base-image-no-tag",
    when: "a name that nobody publishes",
    source: "FROM our-own-base\n",
    severities: ["low"],
  },
  { rule: "base-image-public", when: "somebody's", source: "FROM johndoe/x:1\n", severities: ["medium"] },
  {
    rule: "base-image-public",
    when: "somebody's, by digest",
    source: `FROM johndoe/x@sha256:${digits}\n`,
    severities: ["low"],
  },
  { rule: "base-image-public", when: "official", source: "FROM node:22\n", severities: [] },
  {
    rule: "base-image-public",
    when: "official, on request",
    source: "FROM node:22\n",
    severities: ["low"],
    context: { options: { official: true } },
  },
  {
    rule: "add-remote-url",
    when: "encrypted",
    source: "FROM a:1\nADD https://example.com/x /x\n",
    severities: ["medium"],
  },
  {
    rule: "add-remote-url",
    when: "clear text",
    source: "FROM a:1\nADD http://example.com/x /x\n",
    severities: ["high"],
  },
  {
    rule: "add-remote-url",
    when: "clear text with a checksum",
    source: `FROM a:1\nADD --checksum=sha256:${digits} http://example.com/x /x\n`,
    severities: [],
  },
  {
    rule: "world-writable-run-chmod",
    when: "the final stage",
    source: "FROM a:1\nRUN chmod 777 /x\n",
    severities: ["medium"],
  },
  {
    rule: "world-writable-run-chmod",
    when: "a stage that is thrown away",
    source: "FROM a:1 AS b\nRUN chmod 777 /x\nFROM c:1\n",
    severities: ["low"],
  },
  {
    rule: "copy-whole-context-without-dockerignore",
    when: "the final image",
    source: "FROM a:1\nCOPY . .\n",
    severities: ["high"],
    context: { dockerignore: null },
  },
  {
    rule: "copy-whole-context-without-dockerignore",
    when: "a stage that the final one is built from",
    source: "FROM a:1 AS b\nCOPY . .\nFROM b\n",
    severities: ["high"],
    context: { dockerignore: null },
  },
  {
    rule: "copy-whole-context-without-dockerignore",
    when: "a stage that is thrown away",
    source: "FROM a:1 AS b\nCOPY . .\nFROM c:1\n",
    severities: ["medium"],
    context: { dockerignore: null },
  },
];

for (const { rule: id, when, source, severities, context } of cases) {
  test(`${id}, ${when}: ${severities.join(", ") || "nothing"}`, () => {
    const rule = rules.find((one) => one.id === id);
    assert.ok(rule, `${id} exists`);
    const found = findingsOf(rule, inputFor(rule, source, context));
    assert.deepEqual(
      found.map((finding) => finding.severity),
      severities,
    );
  });
}
