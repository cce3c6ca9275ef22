import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { isPlainAdd, judgeAddSource } from "../shared/addSources";
import { cisDocker, dockerBestPractices, dockerfileReference } from "../shared/references";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "add-local-file",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["ADD"] },
  title: "Local files are copied with COPY",
  why: `ADD does more than it seems to: it downloads what looks like a URL and unpacks what turns out to be a tar file,
whatever its name. Whoever can put a file into the context thereby decides what is unpacked over your image, and a
reader cannot see which was meant. COPY does the one thing.

ADD is right for archives that shall be unpacked, for \`--checksum\` downloads and for git; these are not reported,
nor are variables and patterns that could stand for them.

The fix writes COPY. It is safe where the names leave no doubt; a name without an extension might be a tar file or a
folder, so there the fix has to be tried.`,
  category: "hygiene",
  severity: "low",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3020",
    "trivy:DS-0005",
    "checkov:CKV_DOCKER_4",
    "kics:add_instead_of_copy",
    "sonar:S7029",
    "dockle:CIS-DI-0009",
    "docker-bench:4.9",
    "droast:DF006",
    "owasp:RULE#9",
    "cis:4.9",
  ],
  references: [
    {
      title: "Docker: ADD or COPY",
      url: "https://docs.docker.com/build/building/best-practices/#add-or-copy",
    },
    dockerfileReference("ADD", "add"),
    dockerBestPractices,
    cisDocker,
  ],
  messages: {
    add: () =>
      "ADD would also unpack or download; COPY only copies, so nothing unforeseen gets into the image",
  },
  bad: [
    {
      title: "a file, in any case",
      source: "FROM node:22\n«ADD» package.json /app/\n«add» ./src/ /app/src/\n",
      fixed: "FROM node:22\nCOPY package.json /app/\ncopy ./src/ /app/src/\n",
    },
    {
      title: "the context, with flags that COPY has too",
      source: "FROM node:22\n«ADD» --chown=node:node --link . /app\n",
      fixed: "FROM node:22\nCOPY --chown=node:node --link . /app\n",
    },
    {
      title: "several, a pattern and JSON form",
      source: 'FROM eclipse-temurin:21\n«ADD» a.jar target/*.jar /app/\n«ADD» ["b c.txt", "/b c.txt"]\n',
      fixed: 'FROM eclipse-temurin:21\nCOPY a.jar target/*.jar /app/\nCOPY ["b c.txt", "/b c.txt"]\n',
    },
    {
      title: "a name that does not say what it is",
      source: "FROM node:22\n«ADD» src /app/src\n",
      fixed: "FROM node:22\nCOPY src /app/src\n",
    },
    {
      title: "in a trigger",
      source: "FROM node:22\nONBUILD «ADD» package.json /app/\n",
      fixed: "FROM node:22\nONBUILD COPY package.json /app/\n",
    },
  ],
  good: [
    {
      title: "an archive",
      source: "FROM scratch\nADD rootfs.tar.xz /\nADD a.tgz b.tar.gz config.json /x/\n",
    },
    {
      title: "patterns that may match archives",
      source: "FROM debian:12\nADD * /app/\nADD build/app-*.tar* /\nADD dist/app* /\n",
    },
    {
      title: "downloads",
      source: "FROM debian:12\nADD https://example.com/x.txt /x\nADD git@github.com:team/app.git /a\n",
    },
    { title: "a variable", source: "FROM debian:12\nARG FILE\nADD $FILE /x/\n" },
    { title: "a flag that only ADD has", source: "FROM debian:12\nADD --unpack=true data.bin /x/\n" },
    { title: "text in the file itself", source: "FROM debian:12\nADD <<EOF /x\nhello\nEOF\n" },
    { title: "COPY", source: "FROM debian:12\nCOPY a.txt /a.txt\n" },
  ],
  check(document, { report }) {
    for (const instruction of instructionsOf(document)) {
      if (instruction.keyword !== "ADD" || !isPlainAdd(instruction) || instruction.sources.length === 0)
        continue;
      const sources = instruction.sources.map(judgeAddSource);
      if (!sources.every((source) => source === "file" || source === "maybe-archive")) continue;
      const written = document.text.slice(instruction.keywordSpan.start, instruction.keywordSpan.end);
      const safety = sources.every((source) => source === "file") ? "safe" : "unsafe";
      const edits = [replaceSpan(instruction.keywordSpan, written === "add" ? "copy" : "COPY")];
      report("add", [], {
        at: instruction.keywordSpan,
        fixes: [{ title: "Replace ADD by COPY", safety, edits }],
      });
    }
  },
});
