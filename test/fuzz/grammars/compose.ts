import type { Dice } from "../dice";
import { knownLines } from "./examples";
import { shellText } from "./shell";

const serviceKeys =
  "image|build|command|entrypoint|environment|env_file|ports|volumes|networks|cap_add|cap_drop|privileged|user|security_opt|network_mode|pid|ipc|userns_mode|devices|deploy|extends|secrets|configs|healthcheck|logging|restart|read_only|tmpfs|sysctls|ulimits|profiles|labels|depends_on|container_name|init|x-extra|<<|mem_limit|cpus|dns|extra_hosts|group_add|cgroup_parent|runtime|use_api_socket|post_start|develop|credential_spec|provider|models".split(
    "|",
  );
const scalars =
  'x|true|false|null|~|80|0.5|"80:80"|127.0.0.1:80:80|0.0.0.0:2375:2375|/var/run/docker.sock:/s:ro|/:/host|./a:/b:z|${X}|${X:-y}|${X:?no}|${X|$$|\'a b\'|"a|host|none|service:b|container:c|root|0:0|"1000"|ALL|SYS_ADMIN|no-new-privileges:true|seccomp:unconfined|*a|&a x|&b|!reset null|!override []|- x|>-|\'|debian|nginx:latest|a@sha256:x|postgres://u:p@h/d|TOKEN=abc|PASSWORD=${P}|0o777|2024-01-01|=|é😀|@|%|`|? x|[a, b|{a: b|# c'.split(
    "|",
  );
const topKeys = "services|networks|volumes|secrets|configs|x-a|include|name|version|<<|services|models".split(
  "|",
);

/** A Compose file in block and flow style, with anchors, merges, tags and mistakes in it. */
export function composeText(dice: Dice): string {
  const lines: string[] = [];
  if (dice.once(6))
    lines.push(
      dice.pick(["---", "# plimsoll-ignore all", "%YAML 1.2", "x-a: &a { privileged: true }", "\ufeff"]),
    );
  for (const key of dice.once(5) ? dice.some(1, 3, () => dice.pick(topKeys)) : ["services"]) {
    lines.push(`${key}:${dice.once(8) ? " " : ""}`);
    for (const name of dice.some(1, 3, () =>
      dice.pick(["a", "b", "web", '"c d"', "<<", "__proto__", "${X}", "1"]),
    )) {
      lines.push(`  ${name}:${dice.once(8) ? dice.pick([" &a", " *a", " {}", " null", " x"]) : ""}`);
      lines.push(...dice.some(0, 6, () => field(dice, 4)).flat());
    }
  }
  if (dice.once(4)) lines.splice(dice.below(lines.length + 1), 0, dice.pick(knownLines("compose")));
  if (dice.once(12)) lines.push("---", "services: {}");
  const lineBreak = dice.once(6) ? "\r\n" : "\n";
  return lines.join(lineBreak) + (dice.once(3) ? "" : lineBreak);
}

function field(dice: Dice, indent: number): string[] {
  const pad = " ".repeat(dice.once(25) ? indent + 1 : indent);
  const key = dice.pick(serviceKeys);
  switch (dice.below(7)) {
    case 0:
    case 1:
      return [`${pad}${key}: ${dice.pick(scalars)}`];
    case 2:
      return [`${pad}${key}:`, ...dice.some(0, 4, () => `${pad}  - ${dice.pick(scalars)}`)];
    case 3:
      return [
        `${pad}${key}:`,
        ...dice.some(
          0,
          4,
          () =>
            `${pad}  ${dice.pick([...serviceKeys, "TOKEN", "DB_PASSWORD", "context", "target", "source", "type", "published"])}: ${dice.pick(scalars)}`,
        ),
      ];
    case 4:
      return [
        `${pad}${key}: [${dice.some(0, 4, () => dice.pick(scalars)).join(", ")}${dice.once(6) ? "" : "]"}`,
      ];
    case 5:
      return [
        `${pad}${key}: ${dice.pick(["|", ">", ">-", "|2", "|+"])}`,
        ...shellText(dice)
          .split("\n")
          .map((line) => `${pad}  ${line}`),
      ];
    default:
      return indent > 10 ? [] : [`${pad}${key}:`, ...dice.some(1, 3, () => field(dice, indent + 2)).flat()];
  }
}
