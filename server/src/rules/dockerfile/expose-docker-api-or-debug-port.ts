import { defineRule } from "../../engine/rule";
import { cisDocker, cwe, dockerfileReference } from "../shared/references";
import { bearsOnSensitivePorts, exposureWords, sensitiveExposures } from "../shared/sensitivePorts";

export default defineRule({
  id: "expose-docker-api-or-debug-port",
  language: "dockerfile",
  needs: { keywords: ["EXPOSE"], words: exposureWords("control") },
  reads: bearsOnSensitivePorts,
  title: "No image offers a debugger or the Docker API",
  why: `A debugger does what it is told, and asks for no password: whoever reaches the port reads the program's memory with
its secrets and runs code in its place. The Docker API on 2375 is root on whatever the daemon runs on. Both are found by
scanners within hours.

Keep the debugger for an image of its own, built from a stage that production does not use, and publish its port for
the machine itself only (\`-p 127.0.0.1:9229:9229\`).

Some of these ports are used by other programs too: 5005, 5678, 6060, 8000 and others are reported only where the file
also speaks of Java, debugpy, pprof and so on, and are a coincidence at times. 2376, the Docker API with TLS, is
medium. An image that runs a Docker daemon is right to offer its API: say so in an ignore comment.

The fix deletes the port. It is not called safe, since \`docker run -P\` and some proxies go by this line; nor does it
stop the debugger.`,
  category: "network",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:5.9", "cwe:489", "cwe:306"],
  references: [
    dockerfileReference("EXPOSE", "expose"),
    {
      title: "Docker: protect the daemon socket",
      url: "https://docs.docker.com/engine/security/protect-access/",
    },
    cisDocker,
    cwe(489, "Active debug code"),
    cwe(306, "Missing authentication for critical function"),
  ],
  messages: {
    open: (port: string, service: string) =>
      `Port ${port} is ${service}, where whoever reaches it needs no password to take over`,
    guarded: (port: string, service: string) =>
      `Port ${port} is ${service}, which hands all of its containers to whoever has a certificate`,
  },
  bad: [
    {
      title: "whatever the image",
      source:
        "FROM registry.example.com/base:1\nEXPOSE 80 «2375» «2376»\nEXPOSE «9229/tcp» «9222»\nUSER app\n",
      fixed: "FROM registry.example.com/base:1\nEXPOSE 80\nUSER app\n",
    },
    {
      title: "of Java",
      source:
        'FROM eclipse-temurin:21\nEXPOSE 8080 «5005»\nENV JAVA_OPTS="-agentlib:jdwp=server=y,address=*:8000"\nEXPOSE «8000»\n',
      fixed: 'FROM eclipse-temurin:21\nEXPOSE 8080\nENV JAVA_OPTS="-agentlib:jdwp=server=y,address=*:8000"\n',
    },
    {
      title: "of Python, Go and Node.js",
      source:
        'FROM python:3.13\nRUN pip install debugpy\nEXPOSE «5678»\nFROM golang:1.26\nCMD ["dlv", "exec", "/app"]\nEXPOSE «2345»\n# pprof\nEXPOSE «6060»\nFROM node:22\n',
      fixed:
        'FROM python:3.13\nRUN pip install debugpy\nFROM golang:1.26\nCMD ["dlv", "exec", "/app"]\n# pprof\nFROM node:22\n',
    },
    { title: "within a range, without a fix", source: "FROM node:22\nEXPOSE «9228-9230»\n" },
  ],
  good: [
    {
      title: "ports that other programs have too",
      source: "FROM n8nio/n8n:1.70.0\nEXPOSE 5678 5005 6060 8000 2345\n",
    },
    { title: "a range for media", source: "FROM debian:12\nEXPOSE 2000-3000 9000-10000\n" },
    { title: "another protocol", source: "FROM debian:12\nEXPOSE 2375/udp\n" },
  ],
  check(document, { report }) {
    for (const { at, port, service, guarded, fixes } of sensitiveExposures(document, "control")) {
      if (guarded) report("guarded", [port, service], { at, fixes, severity: "medium" });
      else report("open", [port, service], { at, fixes });
    }
  },
});
