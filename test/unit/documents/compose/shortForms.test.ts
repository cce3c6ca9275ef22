import assert from "node:assert/strict";
import test from "node:test";
import { interpolate } from "../../../../server/src/documents/compose/interpolation";
import type { PortMapping, VolumeMount } from "../../../../server/src/documents/compose/model";
import { parseCompose } from "../../../../server/src/documents/compose/parse";

function portOf(item: string): PortMapping | undefined {
  return parseCompose(`services:\n  web:\n    ports:\n      - ${item}\n`).services[0]?.ports[0];
}

function mountOf(item: string): VolumeMount | undefined {
  return parseCompose(`services:\n  web:\n    volumes:\n      - ${item}\n`).services[0]?.volumes[0];
}

function rangeOf(range: PortMapping["published"]): string | undefined {
  return range === undefined || range === "unknown" ? range : `${range.from}-${range.to}`;
}

test("ports", () => {
  const cases: readonly (readonly [string, string | undefined, string | undefined, string, string])[] = [
    ["3000", undefined, undefined, "3000-3000", "tcp"],
    ["'3000-3005'", undefined, undefined, "3000-3005", "tcp"],
    ["8000:80", undefined, "8000-8000", "80-80", "tcp"],
    ["'9090-9091:8080-8081'", undefined, "9090-9091", "8080-8081", "tcp"],
    ["'127.0.0.1:8001:8001'", "127.0.0.1", "8001-8001", "8001-8001", "tcp"],
    ["'127.0.0.1::80'", "127.0.0.1", undefined, "80-80", "tcp"],
    ["'6060:6060/UDP'", undefined, "6060-6060", "6060-6060", "udp"],
    ["'[::1]:53:53/udp'", "::1", "53-53", "53-53", "udp"],
    ["'::1:53:53'", "::1", "53-53", "53-53", "tcp"],
    ["${FORWARD:-127.0.0.1:8000}:8000", "127.0.0.1", "8000-8000", "8000-8000", "tcp"],
    ["'${FORWARD}:8000'", "unknown", "unknown", "8000-8000", "tcp"],
    ["'${WEB_PORT}:80'", undefined, "unknown", "80-80", "tcp"],
    ["'${IP}:80:80'", "unknown", "80-80", "80-80", "tcp"],
    [
      "{ target: 80, published: '8080', host_ip: 127.0.0.1, protocol: udp }",
      "127.0.0.1",
      "8080-8080",
      "80-80",
      "udp",
    ],
    ["{ target: 80 }", undefined, undefined, "80-80", "tcp"],
  ];
  for (const [item, hostIp, published, target, protocol] of cases) {
    const port = portOf(item);
    assert.deepEqual(
      [port?.hostIp, rangeOf(port?.published), rangeOf(port?.target), port?.protocol],
      [hostIp, published, target, protocol],
      item,
    );
  }
  for (const item of ["nonsense", "'80:x'", "", "[80]"]) assert.equal(portOf(item), undefined, item);
});

test("volumes", () => {
  const cases: readonly (readonly [string, string, string | undefined, string | undefined, boolean])[] = [
    ["/data", "volume", undefined, "/data", false],
    ["data:/data", "volume", "data", "/data", false],
    ["./src:/app:ro", "bind", "./src", "/app", true],
    ["~/x:/x:z,ro", "bind", "~/x", "/x", true],
    ["'C:\\a\\b:/x'", "bind", "C:\\a\\b", "/x", false],
    ["'C:\\a:D:\\b:ro'", "bind", "C:\\a", "D:\\b", true],
    ["'${DIR}/a:/x'", "unknown", undefined, "/x", false],
    ["'${DIR:-/srv}/a:/x'", "bind", "/srv/a", "/x", false],
    ["{ type: bind, source: /a, target: /b, read_only: true }", "bind", "/a", "/b", true],
    ["{ type: tmpfs, target: /run }", "tmpfs", undefined, "/run", false],
  ];
  for (const [item, type, source, target, readOnly] of cases) {
    const mount = mountOf(item);
    assert.deepEqual(
      [mount?.type, mount?.source, mount?.target, mount?.readOnly],
      [type, source, target, readOnly],
      item,
    );
  }
});

test("interpolation", () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ["plain", "plain"],
    ["$$HOME and $$$$", "$HOME and $$"],
    ["$X", undefined],
    ["${X}", undefined],
    ["${X:-a}", "a"],
    ["${X-a}", "a"],
    ["${X:-}", ""],
    ["${X:?must be set}", undefined],
    ["${X?}", undefined],
    ["${X:+y}", undefined],
    ["${X:-${Y:-b}}/c", "b/c"],
    ["${X:-${Y}}", undefined],
    ["${X:-a:b-c}", "a:b-c"],
    ["$1 costs $", "$1 costs $"],
    ["${X", "${X"],
    ["${1X}", "${1X}"],
  ];
  for (const [raw, value] of cases) assert.equal(interpolate(raw).value, value, raw);
  assert.deepEqual(
    interpolate("a${X:-1}$Y").variables.map(({ name, operator, argument, from, to }) => [
      name,
      operator,
      argument,
      from,
      to,
    ]),
    [
      ["X", ":-", "1", 1, 8],
      ["Y", undefined, undefined, 8, 10],
    ],
  );
});

test("deep defaults are bounded", () => {
  assert.equal(interpolate(`${"${X:-".repeat(10_000)}a${"}".repeat(10_000)}`).value?.startsWith("${X"), true);
});
