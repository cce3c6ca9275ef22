import { defineRule } from "../../engine/rule";
import { debuggerWords, openDebuggers } from "../shared/openDebuggers";
import { cwe } from "../shared/references";

export default defineRule({
  id: "debug-agent-in-cmd",
  language: "dockerfile",
  needs: { keywords: ["CMD", "ENTRYPOINT", "ENV", "ARG"], words: debuggerWords },
  title: "The image starts no debugger that the network can reach",
  why: `A debugger runs whatever it is told, and asks nobody who they are: who reaches its port has the program, its
memory with the secrets in it, and the container. Container networks are shared with other services, and debuggers'
ports are published sooner or later.

Let the debugger listen for the container itself only (\`--inspect=127.0.0.1:9229\`, \`address=localhost:5005\`) and
reach it with \`docker exec\` or \`kubectl port-forward\`; or start it from the Compose file for development, not from
the image.

Reported for the command of the final image, and for variables such as \`JAVA_TOOL_OPTIONS\` and \`NODE_OPTIONS\`: the
debuggers of Node.js, Java, Python, Go, Ruby, Chrome and Flask, gdbserver, and Jupyter whose token is empty, where they listen on more than the
loopback. Java's \`address=5005\` without a host does so up to Java 8; it is medium, and not reported where the base
image is known to be newer. Servers that only load changed files again (\`--reload\`) open nothing, and are not meant.

The fix takes the option out; nobody can then attach a debugger to the container.`,
  category: "network",
  severity: "high",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["cwe:489", "cwe:306"],
  references: [
    {
      title: "Node.js: security implications of the inspector",
      url: "https://nodejs.org/en/learn/getting-started/debugging#security-implications",
    },
    {
      title: "Java: connection and invocation of the debugger",
      url: "https://docs.oracle.com/en/java/javase/21/docs/specs/jpda/conninv.html",
    },
    cwe(489, "Active debug code"),
    cwe(306, "Missing authentication for critical function"),
  ],
  // Beside these, the programs' variables and the base image decide.
  reads: ({ keyword }) => keyword === "CMD" || keyword === "ENTRYPOINT",
  messages: {
    always: (name: string) => `${name} listens on the network, and runs whatever anyone who reaches it wants`,
    "old-java": (name: string) =>
      `${name} listens on the whole network up to Java 8, and runs whatever anyone who reaches it wants`,
  },
  bad: [
    {
      title: "of Node.js, in exec form",
      source: 'FROM node:22\nCMD ["node", «"--inspect=0.0.0.0:9229"», "app.js"]\n',
      fixed: 'FROM node:22\nCMD ["node", "app.js"]\n',
    },
    {
      title: "in shell form, behind other programs",
      source: "FROM node:22\nENTRYPOINT exec dumb-init node «--inspect-brk=0.0.0.0» app.js\n",
      fixed: "FROM node:22\nENTRYPOINT exec dumb-init node app.js\n",
    },
    {
      title: "Jupyter that lets everybody in",
      source: "FROM python:3.14\nCMD jupyter lab --ip 0.0.0.0 «--ServerApp.token=''»\n",
    },
    {
      title: "of Java, by a variable",
      source:
        'FROM eclipse-temurin:21\nENV JAVA_TOOL_OPTIONS="-Xmx1g «-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005»"\nCMD ["java", "-jar", "/a.jar"]\n',
      fixed: 'FROM eclipse-temurin:21\nENV JAVA_TOOL_OPTIONS="-Xmx1g"\nCMD ["java", "-jar", "/a.jar"]\n',
    },
    {
      title: "of Java 8, where the port alone is enough",
      source:
        'FROM openjdk:8-jre\nCMD ["java", «"-agentlib:jdwp=transport=dt_socket,server=y,address=5005"», "-jar", "/a.jar"]\n',
      fixed: 'FROM openjdk:8-jre\nCMD ["java", "-jar", "/a.jar"]\n',
    },
    {
      title: "as what the entrypoint's program gets",
      source: 'FROM node:22\nENTRYPOINT ["node"]\nCMD [«"--inspect=0.0.0.0"», "app.js"]\n',
    },
    {
      title: "of Python and Go, without a fix",
      source:
        'FROM python:3.13\nENTRYPOINT ["python", "-m", "debugpy", «"--listen"», "0.0.0.0:5678", "app.py"]\nCMD dlv exec «--listen=:2345» --headless /app\n',
    },
    {
      title: "of Flask, in a script",
      source: 'FROM python:3.13\nCMD ["sh", "-c", "exec flask run «--debug» --host=0.0.0.0"]\n',
      fixed: 'FROM python:3.13\nCMD ["sh", "-c", "exec flask run --host=0.0.0.0"]\n',
    },
    {
      title: "of Flask, by a variable, without a fix",
      source: "FROM python:3.13\nENV FLASK_DEBUG=1\nCMD «flask» --app app run -h 0.0.0.0\n",
    },
  ],
  good: [
    {
      title: "Jupyter with its token, or for the container itself",
      source:
        'FROM python:3.14 AS a\nCMD ["jupyter", "lab", "--ip=0.0.0.0"]\nFROM python:3.14\nCMD ["jupyter", "lab", "--ip=127.0.0.1", "--ServerApp.token="]\n',
    },
    {
      title: "for the container itself",
      source:
        'FROM node:22\nENV NODE_OPTIONS=--inspect\nENTRYPOINT ["node", "--inspect=127.0.0.1:9229", "--inspect-port=9230", "app.js"]\nCMD flask run --debug; dlv exec --listen=localhost:2345 /a; python -m debugpy --listen 5678 a.py\n',
    },
    {
      title: "a newer Java, and one that calls out",
      source:
        'FROM eclipse-temurin:21-jre\nENTRYPOINT ["java", "-agentlib:jdwp=server=y,address=5005", "-jar", "/a.jar"]\nCMD java -agentlib:jdwp=server=n,address=ide:5005 -jar /a.jar\n',
    },
    {
      title: "a stage that is thrown away, a command that is replaced",
      source:
        'FROM node:22 AS debug\nCMD ["node", "--inspect=0.0.0.0", "a.js"]\nFROM node:22\nCMD node --inspect=0.0.0.0 a.js\nCMD ["node", "a.js"]\n',
    },
    {
      title: "no debugger",
      source:
        "FROM python:3.13\nRUN node --inspect=0.0.0.0\nCMD uvicorn app:app --host 0.0.0.0 --reload; flask run --host 0.0.0.0\n",
    },
    { title: "not known", source: "FROM node:22\nCMD node --inspect=$HOST:9229 a.js\n" },
  ],
  check(document, { report }) {
    for (const { agent, at, fixes } of openDebuggers(document))
      report(agent.open, [agent.name], { at, fixes, severity: agent.open === "always" ? "high" : "medium" });
  },
});
