import { defineRule } from "../../engine/rule";
import { isForDevelopment } from "../shared/devcontainerImage";
import { runsProgram } from "../shared/program";
import { cisDocker, cwe, dockerfileReference } from "../shared/references";
import { serviceCheckFixes } from "../shared/serviceCheck";
import { finalChain } from "../shared/stages";

export default defineRule({
  id: "healthcheck-missing",
  language: "dockerfile",
  title: "The final image can be asked whether it is healthy",
  why: `Docker knows only whether the process runs. A service that hangs, has used up its connections, or has been
brought down by an attacker is running, so nothing restarts it and a load balancer goes on sending requests.

\`HEALTHCHECK NONE\` is taken for a decision and not reported here, nor is an image that has a check in a stage it is
built on, nor a development container. For an image without a program of its own the finding is info. The rule cannot
see a check that the base image brings, one in a Compose file, or the probes of Kubernetes, which takes no notice of
HEALTHCHECK.

The fix asks the first exposed port over HTTP, with a program that the image has. Path and program have to be decided,
so it is not safe. Where no port is exposed, there is none.`,
  category: "hygiene",
  severity: "low",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3057",
    "trivy:DS-0026",
    "checkov:CKV_DOCKER_2",
    "kics:healthcheck_instruction_missing",
    "dockle:CIS-DI-0006",
    "docker-bench:4.6",
    "droast:DF012",
    "cis:4.6",
    "cwe:703",
  ],
  references: [
    dockerfileReference("HEALTHCHECK", "healthcheck"),
    cisDocker,
    cwe(703, "Improper check or handling of exceptional conditions"),
  ],
  messages: {
    service: () =>
      "Without HEALTHCHECK a service that hangs is still called running, and nothing restarts it",
    base: () => "Without HEALTHCHECK a program that is added to this image cannot be seen to hang",
  },
  bad: [
    {
      title: "a web server, asked with what the image has",
      source: 'FROM «node:22-alpine»\nEXPOSE 3000\nUSER node\nCMD ["node", "main.js"]\n',
      fixed:
        'FROM node:22-alpine\nEXPOSE 3000\nUSER node\nHEALTHCHECK CMD wget --quiet --spider http://localhost:3000/ || exit 1\nCMD ["node", "main.js"]\n',
    },
    {
      title: "Node, asked with its own program",
      source: "FROM «node:22-slim»\nEXPOSE 80\nCMD a\n",
      fixed:
        'FROM node:22-slim\nEXPOSE 80\nHEALTHCHECK CMD ["node", "-e", "http.get(\'http://localhost:80/\', (answer) => process.exit(answer.statusCode < 400 ? 0 : 1)).on(\'error\', () => process.exit(1))"]\nCMD a\n',
    },
    {
      title: "curl that was installed",
      source: "FROM «debian:12»\nRUN apt-get update && apt-get install -y curl\nEXPOSE 80\nCMD a\n",
      fixed:
        "FROM debian:12\nRUN apt-get update && apt-get install -y curl\nEXPOSE 80\nHEALTHCHECK CMD curl --fail --silent --output /dev/null http://localhost:80/ || exit 1\nCMD a\n",
    },
    {
      title: "Python",
      source: 'FROM «python:3.13»\nEXPOSE 5432 8000/tcp\nCMD ["python", "x.py"]\n',
      fixed:
        'FROM python:3.13\nEXPOSE 5432 8000/tcp\nHEALTHCHECK CMD ["python", "-c", "import urllib.request; urllib.request.urlopen(\'http://localhost:8000/\')"]\nCMD ["python", "x.py"]\n',
    },
    {
      title: "another stage has one, no port is known: without a fix",
      source: 'FROM a AS b\nHEALTHCHECK CMD c\nFROM «scratch»\nCOPY --from=b /d /d\nCMD ["/d"]\n',
    },
    {
      title: "a base image, info",
      source: "FROM «debian:12»\nRUN apt-get update\nONBUILD HEALTHCHECK CMD x\n",
    },
  ],
  good: [
    { title: "a check", source: "FROM a\nHEALTHCHECK --interval=5m CMD b\nCMD c\n" },
    { title: "in the stage that it is built on", source: "FROM a AS b\nHEALTHCHECK CMD c\nFROM b\nCMD d\n" },
    {
      title: "a development container",
      source: "FROM mcr.microsoft.com/devcontainers/base:debian\nEXPOSE 80\nCMD a\n",
    },
    { title: "a decision", source: "FROM a\nhealthcheck none\nCMD b\n" },
  ],
  check(document, { report }) {
    const stage = document.finalStage;
    if (stage === undefined) return;
    const isChecked = finalChain(document).some(({ instructions }) =>
      instructions.some(({ keyword }) => keyword === "HEALTHCHECK"),
    );
    if (isChecked) return;
    const at = stage.from.image?.span ?? stage.from.keywordSpan;
    if (isForDevelopment(stage)) return;
    if (runsProgram(document, stage)) report("service", [], { at, fixes: serviceCheckFixes(document) });
    else report("base", [], { at, severity: "info" });
  },
});
