import { defineRule } from "../../engine/rule";
import { baseImages } from "../shared/imageUses";
import { movingTag } from "../shared/movingTags";
import { cisDocker, cwe, dockerBestPractices } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "base-image-mutable-tag",
  language: "dockerfile",
  title: "The tag of every base image names a version line",
  why: `\`stable\`, \`lts\`, \`edge\`, \`main\`, or \`alpine\` alone are \`latest\` under another name, and \`python:3\` goes from 3.13 to
3.14 on the day that is out. The image changes without a change in your repository: a build breaks, behaves
differently, or takes in an update that nobody has looked at, and after an incident nobody can say which version was
running.

Write the version line that you test with (\`node:22-alpine\`, \`python:3.13-slim\`), better the full version, and let a
bot propose the next one.

Not reported: tags of a line that gets only fixes (\`debian:12\`, \`debian:bookworm\`, \`node:22\`, \`postgres:17\`), lines
whose support is over, major versions that a higher one has followed, a digest behind the tag, and tags whose meaning is not known. Which versions an image has is as
of the day in our table. \`latest\` and no tag have rules of their own. The default of a variable is reported as info.
Which version to write is for you to say, so there is no fix.`,
  category: "base-image",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["docker-ls:recommended_tag", "docker-bench:5.28", "cis:5.28", "cwe:1357"],
  references: [dockerBestPractices, cisDocker, cwe(1357, "Reliance on insufficiently trustworthy component")],
  messages: {
    channel: (image: string) => `${image} goes on to the next version by itself, as latest does`,
    variant: (image: string) =>
      `${image} says what it is made of but no version, so it changes as latest does`,
    major: (image: string) =>
      `${image} goes on to the next version line by itself, with changes that nobody has tested`,
  },
  bad: [
    {
      title: "channels",
      source:
        "FROM «node:lts-alpine» AS a\nFROM «nginx:stable» AS b\nFROM «ghcr.io/team/app:main»\nFROM «debian:stable-slim»\n",
    },
    {
      title: "variants without a version",
      source:
        "FROM «python:slim»\nFROM «rust:alpine3.21»\nFROM «gcr.io/distroless/static:nonroot»\nFROM «postgres:bookworm»\n",
    },
    {
      title: "a major version that holds several lines",
      source: "FROM «python:3»\nFROM «alpine:3»\nFROM «golang:1-bookworm»\nFROM «php:8-fpm»\n",
    },
    { title: "the default of a variable", source: "ARG TAG=edge\nFROM «alpine:${TAG}»\n" },
  ],
  good: [
    { title: "versions", source: "FROM node:22.11-slim\nFROM python:3.13\nFROM rust:1.90-alpine\n" },
    {
      title: "lines that get only fixes",
      source:
        "FROM debian:12\nFROM debian:bookworm-slim\nFROM ubuntu:noble\nFROM node:22\nFROM postgres:17-alpine\nFROM eclipse-temurin:21-jre\nFROM tomcat:9\n",
    },
    { title: "a line that moves no more", source: "FROM python:2\nFROM postgres:9\nFROM redis:6\n" },
    {
      title: "dated and numbered builds",
      source: "FROM rustlang/rust:nightly-2026-01-02\nFROM team/app:main-4f2c1aa\nFROM team/app:42\n",
    },
    { title: "a digest decides", source: `FROM node:lts@sha256:${"0123456789abcdef".repeat(4)}\n` },
    { title: "other rules' findings", source: "FROM node\nFROM node:latest\nFROM scratch\n" },
  ],
  local: true,
  needs: { words: ["from"] },
  check(document, { facts, report }) {
    for (const { reference, use, related } of baseImages(document)) {
      const kind = movingTag(reference, facts.today);
      if (kind === undefined) continue;
      report(kind, [shorten(reference.source, 40)], {
        at: use.span,
        related,
        ...(use.text.includes("$") ? { severity: "info" as const } : {}),
      });
    }
  },
});
