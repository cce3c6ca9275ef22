import { defineRule } from "../../engine/rule";
import type { Severity } from "../../engine/severity";
import { measuresHost } from "../shared/composeAgents";
import { absolutePath } from "../shared/composeBinds";
import { sensitivePath } from "../shared/composeHostPaths";
import { credentialsAt, withHomeAsTilde } from "../shared/credentialPaths";
import {
  dockerRun,
  programOfCommand,
  severityHere,
  startedContainers,
  subjectOf,
  withoutOption,
} from "../shared/engineCommands";
import { type EngineMount, mountsOf } from "../shared/engineMounts";
import { isSocketDirectory } from "../shared/engineSockets";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "run-sensitive-mount",
  language: "commands",
  title: "No container is given the host's system or somebody's keys",
  why: `Directories of the host's system are ways out of the container: with \`/etc\` one adds a user or a cron job, with
\`/proc/sys\` one has the kernel start a program, with \`/var/run\` one talks to the engine, with \`/\` one does all of it.
To read is enough for password hashes and keys, and what a build or a test downloads reads \`~/.ssh\` and \`~/.aws\` too.

Mount the one directory that is needed, with \`:ro\` where nothing is written. Keys go through an agent or a secret;
\`/etc/localtime\`, certificates and a program's own directory below \`/etc\` are not reported.

\`:shared\` and \`:rshared\` show on the host, and in every other container, what this one mounts. Measuring agents
document read-only mounts of \`/proc\`, \`/sys\` and \`/\`: for them these are info or medium. Pipelines and tools that remove themselves (\`--rm\`) are one step
milder, development containers and documentation two. The fix removes the mount.`,
  category: "mounts",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:5.6", "docker-bench:5.20", "cis:5.6", "cis:5.20", "cwe:668"],
  references: [
    { title: "Docker: bind mounts", url: "https://docs.docker.com/engine/storage/bind-mounts/" },
    dockerRun,
    cisDocker,
    cwe(668, "Exposure of resource to wrong sphere"),
  ],
  messages: {
    path: (name: string, means: string) => `With this path of the host, code in ${name} ${means}`,
    disk: (name: string, does: string) => `Code in ${name} can ${does} every file of the host`,
    sockets: (name: string, path: string) =>
      `With ${path}, code in ${name} reaches the sockets of the engine`,
    credentials: (name: string, what: string) => `Code in ${name} can use the user's ${what}`,
    shared: (name: string) => `What ${name} mounts there is mounted on the host and in other containers, too`,
  },
  bad: [
    {
      title: "directories of the system",
      source:
        "docker run -d -v «/etc»:/host/etc -v «/home/alice»:/a:ro app:1\ndocker run -d --mount type=bind,src=«/boot»,dst=/b,readonly app:1\n",
      fixed: "docker run -d app:1\ndocker run -d app:1\n",
    },
    {
      title: "the whole disk, a tool, and the directory of sockets",
      source: 'docker run --rm -v «/»:/host app:1\ndocker run -d -v "«/var/run»:/var/run" app:1\n',
      fixed: "docker run --rm app:1\ndocker run -d app:1\n",
    },
    {
      title: "keys",
      source: 'docker run -v «~/.ssh»:/root/.ssh app:1\ndocker run -v «"$HOME/.aws:/root/.aws:ro"» app:1\n',
      fixed: "docker run app:1\ndocker run app:1\n",
    },
    {
      title: "what it mounts is shared",
      source: "docker run -d -v «/srv/data»:/data:rshared app:1\n",
      fixed: "docker run -d app:1\n",
    },
    {
      title: "a measuring agent, info and medium",
      source: "docker run -d -v «/proc»:/host/proc:ro -v «/»:/rootfs:ro prom/node-exporter:v1.9.1\n",
      fixed: "docker run -d prom/node-exporter:v1.9.1\n",
    },
    {
      title: "a development container",
      source: '{ "mounts": [«{ "source": "/etc", "target": "/e", "type": "bind" }», "x"] }\n',
      fixed: '{ "mounts": ["x"] }\n',
      context: { format: "devcontainer" },
    },
  ],
  good: [
    {
      title: "what is for everybody, and a program's own",
      source:
        "docker run -v /etc/localtime:/etc/localtime:ro -v /etc/ssl/certs:/c:ro -v /etc/pihole:/etc/pihole -v /srv/data:/d app:1\n",
    },
    {
      title: "the project, volumes, variables",
      source:
        'docker run -v "$PWD":/src -v .:/w -v data:/etc -v /etc -v "$DIR:/etc" -v ~/.ssh/known_hosts:/k:ro app:1\n',
    },
    { title: "the container's directories", source: "docker run --mount type=tmpfs,target=/etc app:1\n" },
  ],
  check(document, { report }) {
    for (const command of startedContainers(document)) {
      const name = subjectOf(command);
      for (const mount of mountsOf(command)) {
        const place = (severity: Severity) => ({
          at: mount.sourceSpan,
          severity: severityHere(document, command, severity),
          fixes: withoutOption("Remove the mount", mount.option),
        });
        const judged = judge(mount, measuresHost(programOfCommand(command)));
        if (judged === undefined) {
          if (mount.modes.some((mode) => /^r?shared$/.test(mode))) report("shared", [name], place("high"));
          continue;
        }
        const at = place(judged.severity);
        if (judged.kind === "disk") report("disk", [name, mount.readOnly ? "read" : "write to"], at);
        else if (judged.kind === "sockets") report("sockets", [name, shorten(mount.source, 24)], at);
        else report(judged.kind, [shorten(name, 32), judged.means], at);
      }
    }
  },
});

type Judged = { readonly severity: Severity } & (
  | { readonly kind: "disk" }
  | { readonly kind: "sockets" }
  | { readonly kind: "path" | "credentials"; readonly means: string }
);

function judge({ source, readOnly }: EngineMount, isAgent: boolean): Judged | undefined {
  const what = source.length > 400 ? undefined : credentialsAt(withHomeAsTilde(source));
  if (what !== undefined) return { kind: "credentials", means: what, severity: "high" };
  const path = absolutePath(source);
  if (path === undefined) return undefined;
  if (/^(?:[a-z]:)?\/$/.test(path))
    return { kind: "disk", severity: !readOnly ? "critical" : isAgent ? "medium" : "high" };
  if (isSocketDirectory(path)) return { kind: "sockets", severity: isAgent ? "medium" : "critical" };
  const sensitive = sensitivePath(path);
  if (sensitive === undefined) return undefined;
  if (!readOnly) return { kind: "path", means: sensitive.writes, severity: sensitive.writable };
  return { kind: "path", means: sensitive.reads, severity: isAgent ? "info" : sensitive.readable };
}
