import type { CommandFormat } from "../../../server/src/documents/commands/model";
import { rules } from "../../../server/src/rules/index";
import type { Dice } from "../dice";
import { knownLines } from "./examples";
import { shellText } from "./shell";

const daemonKeys =
  "hosts|tls|tlsverify|insecure-registries|icc|userns-remap|live-restore|log-driver|log-opts|default-ulimits|experimental|seccomp-profile|storage-driver|no-new-privileges|iptables|runtimes|debug|data-root|group|__proto__|constructor|userland-proxy|authorization-plugins|registry-mirrors|bip|default-runtime|features|builder|exec-opts".split(
    "|",
  );
const jsonScalars =
  'true|false|null|0|-1e9|""|"tcp://0.0.0.0:2375"|"unix:///x"|"a"|"\\u0000"|"é😀"|"unclosed|nul|{|[|}|]|1e999|"docker"|/* c */ 1|"0.0.0.0/0"'.split(
    "|",
  );

/** A daemon.json, nested at will, with comments and with what JSON does not allow. */
export function daemonText(dice: Dice): string {
  const text = objectText(dice, 0);
  return dice.once(5) ? text.slice(0, dice.below(text.length + 1)) : text;
}

function objectText(dice: Dice, depth: number): string {
  const gap = dice.pick([" ", "\n", "\r\n  ", "", "\t", " // c\n"]);
  const entries = dice.some(0, 5, () => `"${dice.pick(daemonKeys)}":${gap}${jsonValue(dice, depth)}`);
  return `{${gap}${entries.join(dice.once(20) ? gap : `,${gap}`)}${dice.once(10) ? "," : ""}${gap}}`;
}

function jsonValue(dice: Dice, depth: number): string {
  if (depth < 4 && dice.once(4)) return objectText(dice, depth + 1);
  if (depth < 4 && dice.once(4)) return `[${dice.some(0, 4, () => jsonValue(dice, depth + 1)).join(", ")}]`;
  return dice.pick(jsonScalars);
}

const patterns =
  "*|**|!*|!.env|.env|**/*.key|/|.git|node_modules|#c|  x  |[a-z]|[|\\|!|a/../b|../x|/**/|?|*.p?m|!**/id_rsa|.|..|[^]|[z-a]|a\\|é😀|**/**/**/x|!!x".split(
    "|",
  );

/** A `.dockerignore` with patterns of every kind. */
export function dockerignoreText(dice: Dice): string {
  return dice.some(0, 12, () => dice.pick(patterns)).join(dice.once(6) ? "\r\n" : "\n");
}

const configurationKeys =
  "rules|ignore|profile|extends|overrides|images|policy|files|severity|exclude|include|owner|until|reason|paths|rule|compose|registries|allowed|baseline|options|__proto__|constructor|requireReason|minSeverity|failOn|version|approved|only|exceptions".split(
    "|",
  );

/** A plimsoll.yaml with keys and values at places where they may not stand. */
export function configurationText(dice: Dice): string {
  const entry = (indent: number): string[] => {
    const pad = " ".repeat(indent);
    const key = dice.once(3) ? dice.pick(rules).id : dice.pick(configurationKeys);
    const value = (): string =>
      dice.pick([
        "off",
        "high",
        "recommended",
        "x",
        "[]",
        "{}",
        "null",
        "*a",
        "&a x",
        "2026-01-01",
        "**/*",
        "./plimsoll.yaml",
        "../x",
        "1",
        "'",
        '"a',
        ">-",
        "- x",
        "!x y",
        "critical",
        dice.pick(rules).id,
      ]);
    switch (dice.below(5)) {
      case 0:
      case 1:
        return [`${pad}${key}: ${value()}`];
      case 2:
        return [`${pad}${key}:`, ...dice.some(0, 4, () => `${pad}  - ${value()}`)];
      case 3:
        return indent > 8 ? [] : [`${pad}${key}:`, ...dice.some(0, 3, () => entry(indent + 2)).flat()];
      default:
        return indent > 8
          ? []
          : [
              `${pad}${key}:`,
              ...dice
                .some(0, 2, () => [
                  `${pad}  - ${dice.pick(configurationKeys)}: ${value()}`,
                  ...entry(indent + 4),
                ])
                .flat(),
            ];
    }
  };
  const lines = dice.some(1, 6, () => entry(0)).flat();
  if (dice.once(3)) lines.splice(dice.below(lines.length + 1), 0, dice.pick(knownLines("configuration")));
  return `${lines.join("\n")}\n`;
}

export const commandFormats: readonly CommandFormat[] = [
  "shell",
  "makefile",
  "workflow",
  "gitlab",
  "devcontainer",
  "markdown",
];

/** A file of some format with scripts in which container engines are called. */
export function commandsText(dice: Dice, format: CommandFormat): string {
  const script = dice.some(1, 4, () => (dice.once(2) ? dockerCommand(dice) : shellText(dice))).join("\n");
  const indented = (by: number): string =>
    script
      .split("\n")
      .map((line) => " ".repeat(by) + line)
      .join("\n");
  const expression = dice.once(3) ? " ${{ github.event.issue.title }}" : "";
  switch (format) {
    case "shell":
      return `${dice.pick(["#!/bin/sh\n", "#!/usr/bin/env bash\nset -e\n", "", "#!/bin/sh -"])}${script}\n`;
    case "makefile":
      return `${dice.pick(["X ?= 1\n", ".PHONY: a\n", ""])}a: b\n${script
        .split("\n")
        .map((line) => `\t${dice.pick(["", "@", "-"])}${line}`)
        .join("\n")}\n`;
    case "workflow":
      return `on: push\njobs:\n  a:\n    runs-on: x\n    ${dice.once(3) ? "container: debian\n    services:\n      db:\n        image: x\n        options: --privileged\n    " : ""}steps:\n      - uses: docker://debian\n      - run: ${dice.pick(["|", ">-", "|2", ">+"])}\n${indented(10)}${expression}\n`;
    case "gitlab":
      return `a:\n  image: ${dice.pick(["debian", "{ name: x }", "[x"])}\n  script:\n    - ${dice.pick(["|", ">-"])}\n${indented(6)}\n`;
    case "devcontainer":
      return `{ "image": "debian", "runArgs": ${JSON.stringify(dockerCommand(dice).split(" ").slice(2))}, "postCreateCommand": ${JSON.stringify(script)}${dice.once(6) ? "" : " }"}`;
    default:
      return `# A\n\n\`\`\`${dice.pick(["sh", "console", "", "bash title=x", "yaml"])}\n${script}\n${dice.once(5) ? "" : "```\n"}`;
  }
}

const engineWords =
  "-v|/var/run/docker.sock:/s|--privileged|-p|80:80|--cap-add=ALL|--net=host|-e|TOKEN=x|--env|-it|--rm|debian|nginx:latest|$IMAGE|--|--security-opt|seccomp=unconfined|--mount|type=bind,src=/,dst=/h|--user|root|\"a b\"|'c'|\\\n|--volume=/:/h|--pid=host|${{ x }}|<image>|sh -c|--build-arg|PASSWORD=x|.".split(
    "|",
  );

function dockerCommand(dice: Dice): string {
  return [
    dice.pick(["docker", "podman", "sudo docker", "nerdctl", "docker compose", "docker-compose"]),
    dice.pick([
      "run",
      "create",
      "build",
      "exec",
      "container run",
      "login",
      "service create",
      "buildx build",
      "up",
    ]),
    ...dice.some(0, 9, () => dice.pick(engineWords)),
  ].join(" ");
}
