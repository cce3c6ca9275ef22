import assert from "node:assert/strict";
import test from "node:test";
import { parseDockerfile } from "../../../server/src/documents/dockerfile/parse";
import { contextPath } from "../../../server/src/rules/shared/contextPaths";
import { agentOfOption } from "../../../server/src/rules/shared/debugAgents";
import { isDebugSetting } from "../../../server/src/rules/shared/debugVariables";
import { exposedPorts } from "../../../server/src/rules/shared/exposedPorts";
import { javaVersionOf } from "../../../server/src/rules/shared/javaVersion";
import { sensitiveExposures } from "../../../server/src/rules/shared/sensitivePorts";

test("ports are read with ranges, protocols, variables and mappings", () => {
  const source = 'FROM a\nARG P=80\nEXPOSE 22 20-25/TCP $P/udp "443/" 127.0.0.1:80:8080 ${Q:-1}\n';
  const read = exposedPorts(parseDockerfile(source)).map(
    ({ from, to, protocol }) => `${from}-${to}/${protocol}`,
  );
  assert.deepEqual(read, ["22-22/tcp", "20-25/tcp", "80-80/udp", "443-443/tcp", "8080-8080/tcp", "1-1/tcp"]);
});

test("what is no port is not read as one", () => {
  const source = "FROM a\nEXPOSE http $P 22x 1000001 22/ tcp -22 22-\nCMD 22\n";
  const read = exposedPorts(parseDockerfile(source)).map(({ value }) => value.text);
  assert.deepEqual(read, ["22/"]);
});

test("a port that others use counts only where the file says whose it is", () => {
  const services = (base: string): readonly string[] =>
    sensitiveExposures(parseDockerfile(`FROM ${base}\nEXPOSE 5005 6060 9229\n`), "control").map(
      ({ service }) => service,
    );
  assert.deepEqual(services("rasa/rasa:3.6"), ["the Node.js debugger"]);
  assert.deepEqual(services("tomcat:10"), ["the Java debugger", "the Node.js debugger"]);
});

test("a source is a path in the context, whatever leads up or names a drive", () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    [".", "", false],
    ["/", "", false],
    [".//./", "", false],
    ["./a/..", "", false],
    ["c:/a", "a", false],
    ["./c:/a", "c:/a", false],
    ["a/./b//c", "a/b/c", false],
    ["../a", "a", true],
    ["a/../../b", "b", true],
    ["/../b", "b", true],
  ];
  for (const [source, path, leaves] of cases) {
    const read = contextPath(source);
    assert.deepEqual([read.parts.join("/"), read.leaves], [path, leaves], source);
  }
});

test("a debugger is open where its address is not the loopback's", () => {
  const open = (option: string): string | undefined => agentOfOption(option)?.open;
  for (const option of [
    "--inspect=0.0.0.0:9229",
    "--inspect-brk=0.0.0.0",
    "--inspect-wait=[::]:9229",
    "--inspect=10.0.0.1:1",
    "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005",
    "-Xrunjdwp:address=0.0.0.0:5005,server=y",
    "--remote-debugging-address=0.0.0.0",
  ])
    assert.equal(open(option), "always", option);
  for (const option of ["-agentlib:jdwp=server=y,address=5005", "-Xrunjdwp:server=y,address=8000"])
    assert.equal(open(option), "old-java", option);
  for (const option of [
    "--inspect",
    "--inspect=9229",
    "--inspect=127.0.0.1:9229",
    "--inspect=localhost",
    "--inspect=[::1]:9229",
    "--inspect=:9229",
    "--inspect=$",
    "--inspect-port=0.0.0.0:1",
    "-agentlib:jdwp=server=n,address=ide:5005",
    "-agentlib:jdwp=server=y,address=localhost:5005",
    "-agentlib:jdwp=server=y",
    "-agentlib:hprof=address=*:1",
    "--remote-debugging-port=9222",
  ])
    assert.equal(open(option), undefined, option);
});

test("variables switch a debug mode on by name and value", () => {
  const on =
    "DEBUG=1 debug=TRUE APP_DEBUG=yes _debug=on ENV=DEV server_env=devel serverenv=dev environment=develop NODE_ENV=development XDEBUG_MODE=coverage php_xdebug_mode=on PYTHONDEVMODE=1 PYTHONASYNCIODEBUG=1";
  const off =
    "DEBUG=0 DEBUG=* DEBUG=no DEBUG_MODE=true ENV=devmode ENV=develo ENVIR=dev DEV_ENV=true NODE_ENV=production XDEBUG_MODE=off XDEBUG_MODE= NO_DEBUG=1 DISABLE_DEBUG=true GIN_MODE=release";
  const judge = (setting: string): boolean => {
    const [name = "", value = ""] = setting.split("=");
    return isDebugSetting(name, value);
  };
  assert.deepEqual(
    on.split(" ").filter((setting) => !judge(setting)),
    [],
  );
  assert.deepEqual(off.split(" ").filter(judge), []);
});

test("the version of Java is read from the name or the tag of the base image", () => {
  const version = (image: string): number | undefined => {
    const { finalStage } = parseDockerfile(`FROM ${image}\n`);
    return finalStage && javaVersionOf(finalStage);
  };
  assert.equal(version("openjdk:8-jre-slim"), 8);
  assert.equal(version("openjdk:1.8"), 8);
  assert.equal(version("eclipse-temurin:21.0.5_11-jre"), 21);
  assert.equal(version("tomcat:9.0-jdk17-temurin"), 17);
  assert.equal(version("registry.access.redhat.com/ubi9/openjdk-17:1.21"), 17);
  assert.equal(version("gcr.io/distroless/java21-debian12"), 21);
  assert.equal(version("tomcat:9"), undefined);
  assert.equal(version("solr:8.11"), undefined);
});
