import { type EngineOption, isOn, optionsNamed } from "../../documents/commands/model";
import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { insertAt } from "../../text/edit";
import { unsafeFix } from "../shared/composeFix";
import { portPublishing } from "../shared/composeReferences";
import { listenerAt } from "../shared/composeSensitivePorts";
import { dockerRun, severityHere, startedContainers, withoutOption } from "../shared/engineCommands";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "run-publish-all-interfaces",
  language: "commands",
  title: "Published ports say which of the host's addresses they are for",
  why: `\`-p 5432:5432\` opens the port on every address of the host, the public one included, and Docker writes its own
firewall rules before those of ufw and firewalld: a port that the firewall seems to close is open. Databases found that
way are emptied and held to ransom within hours. \`-P\` opens every port that the image exposes.

Write \`-p 127.0.0.1:5432:5432\` for what only you use, or no \`-p\` at all where only other containers connect: on a network
of their own they reach each other by name.

Databases, caches, brokers, debuggers and consoles are medium; other ports are low, since a web server's may be meant for
everybody. Tools that remove themselves (\`--rm\`) are one step milder. In documentation only the former are reported, as
info, and nothing in pipelines, whose machines nobody else reaches. The fix binds to 127.0.0.1, from where other machines
cannot connect.`,
  category: "network",
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:5.14", "owasp:RULE#5a", "cis:5.14", "cwe:668"],
  references: [portPublishing, dockerRun, cisDocker, cwe(668, "Exposure of resource to wrong sphere")],
  messages: {
    sensitive: (port: string, what: string) =>
      `Port ${port}, usually ${what}, is open on every address of the host, past its firewall`,
    other: (port: string) => `Port ${port} is open on every address of the host, past its firewall`,
    all: () => "Every port that the image exposes is open on every address of the host, past its firewall",
  },
  bad: [
    {
      title: "a database, and a web server",
      source:
        'docker run -d -p «5432:5432» postgres:17\ndocker run -d --publish=«8080:80» -p «"0.0.0.0:81:81"» web:1\n',
      fixed:
        'docker run -d -p 127.0.0.1:5432:5432 postgres:17\ndocker run -d --publish=127.0.0.1:8080:80 -p "127.0.0.1:81:81" web:1\n',
    },
    {
      title: "one of the container alone, in a variable, and all",
      source: 'docker run -d -p «9229» -p «"$PORT:80"» web:1\ndocker run -d «-P» web:1\n',
      fixed: 'docker run -d -p 127.0.0.1::9229 -p "127.0.0.1:$PORT:80" web:1\ndocker run -d web:1\n',
    },
    {
      title: "a recipe",
      source: "db:\n\tdocker run --rm -p «$(PORT):6379» redis:8\n",
      fixed: "db:\n\tdocker run --rm -p 127.0.0.1:$(PORT):6379 redis:8\n",
      context: { format: "makefile" },
    },
    {
      title: "documentation, info",
      source: "```sh\ndocker run -p «5432:5432» postgres:17\ndocker run -p 80:80 web:1\n```\n",
      fixed: "```sh\ndocker run -p 127.0.0.1:5432:5432 postgres:17\ndocker run -p 80:80 web:1\n```\n",
      context: { format: "markdown" },
    },
  ],
  good: [
    {
      title: "addresses",
      source:
        'docker run -p 127.0.0.1:5432:5432 -p [::1]:53:53/udp -p 192.0.2.1::80 -p "$BIND:80:80" -p "$ADDRESS:80" db:1\n',
    },
    {
      title: "the host's network, where it says nothing",
      source: "docker run --network host -p 80:80 web:1\n",
    },
    {
      title: "a pipeline",
      source: "jobs:\n  a:\n    steps:\n      - run: docker run -d -p 5432:5432 postgres:17\n",
      context: { format: "workflow" },
    },
    { title: "a program's own option", source: "docker run web:1 -p 80:80\ndocker compose run -P web\n" },
  ],
  check(document, { report }) {
    const { format } = document;
    if (format === "workflow" || format === "gitlab") return;
    for (const command of startedContainers(document)) {
      if (
        optionsNamed(command, "network").some(({ value }) =>
          /^(?:host|none|container:)/.test(value?.prefix ?? ""),
        )
      )
        continue;
      for (const option of optionsNamed(command, "publish")) {
        const port = openPort(option);
        if (port === undefined) continue;
        const what = listenerAt(port.target ?? 0);
        const severity: Severity = what === undefined ? "low" : "medium";
        const place = {
          at: option.value!.span,
          severity: severityHere(document, command, severity),
          fixes: unsafeFix("Bind to 127.0.0.1", port.bind),
        };
        if (what !== undefined) report("sensitive", [port.shown, what], place);
        else if (format !== "markdown") report("other", [port.shown], place);
      }
      const all = command.compose ? undefined : isOn(command, "publish-all");
      if (all !== undefined && format !== "markdown")
        report("all", [], {
          at: all.span,
          severity: severityHere(document, command, "low"),
          fixes: withoutOption("Publish no port", all),
        });
    }
  },
});

interface OpenPort {
  /** The port in the container; `undefined` where a variable or a range stands there. */
  readonly target: number | undefined;
  readonly shown: string;
  readonly bind: ReturnType<typeof insertAt> | undefined;
}

/** A published port without an address, or with that of all; `undefined` where a variable may hold one. */
function openPort({ value }: EngineOption): OpenPort | undefined {
  if (value === undefined) return undefined;
  const raw = value.value ?? value.text.replace(/^"(.*)"$/s, "$1");
  const parts =
    /^(?:(0\.0\.0\.0|\[::\]|\*):)?(?:(\d{0,5}(?:-\d{1,5})?|\$[({]{0,2}\w{1,60}(?::?-\d{1,5})?[)}]{0,2}):)?(\d{1,5}(?:-\d{1,5})?|\$[({]{0,2}\w{1,60}[)}]{0,2})(?:\/\w{1,4})?$/.exec(
      raw.slice(0, 300),
    );
  if (parts === null) return undefined;
  const [, address, published, target = ""] = parts;
  // A variable in the place of the host's port may hold an address, unless it is named after a port.
  if (published?.startsWith("$") === true && !/port/i.test(published)) return undefined;
  if (published === undefined && target.startsWith("$")) return undefined;
  const quote = value.exact && /^["']/.test(value.text) ? 1 : 0;
  const start = value.span.start + quote;
  const isBare = published === undefined && address === undefined;
  const bind = !value.exact
    ? undefined
    : address === undefined
      ? insertAt(start, isBare ? "127.0.0.1::" : "127.0.0.1:")
      : { start, end: start + address.length, text: "127.0.0.1" };
  return {
    target: /^\d+$/.test(target) ? Number(target) : undefined,
    shown: shorten(published === undefined || published === "" ? target : published, 24),
    bind,
  };
}
