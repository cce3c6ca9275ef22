import { type EngineCommand, isOn, optionsNamed } from "../../documents/commands/model";
import { defineRule } from "../../engine/rule";
import { protectSocket } from "../shared/composeReferences";
import { addressOf, isLoopbackHost } from "../shared/daemonAddresses";
import { dockerCommand, severityHere, withoutOption } from "../shared/engineCommands";
import { cisDocker, cwe, owaspDocker } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "dockerd-flags",
  language: "commands",
  title: "The engine is started so that nobody else can command it",
  why: `Whoever reaches the engine's API is root on its host: they start a privileged container with the host's disk in it.
\`dockerd -H tcp://0.0.0.0:2375\` asks nobody who they are, and such ports are found within minutes. \`--tls=false\` does the
same to an engine in a container. \`--insecure-registry\` takes images from whoever answers in a registry's place.

Let the engine listen on its socket, and reach it by SSH (\`DOCKER_HOST=ssh://user@host\`); else \`--tlsverify\` with
certificates for both ends. Give the registry a certificate, or put its own into \`/etc/docker/certs.d\`.

An open port is critical, one that encrypts and asks for no certificate high, one on the loopback address high as well,
since every program of the machine reaches it; an insecure registry is medium. Pipelines are one step milder, development
containers and documentation two. The fix removes the option.`,
  category: "network",
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["docker-bench:2.5", "docker-bench:2.7", "owasp:RULE#1", "cis:2.5", "cis:2.7", "cwe:306"],
  references: [
    protectSocket,
    dockerCommand("dockerd", "dockerd"),
    owaspDocker,
    cisDocker,
    cwe(306, "Missing authentication for critical function"),
  ],
  messages: {
    open: (address: string) => `Whoever reaches ${address} commands the engine, and is root on its host`,
    unverified: (address: string) => `The engine asks nobody who reaches ${address} for a certificate`,
    local: (address: string) => `Every program of the machine that reaches ${address} commands the engine`,
    plain: () => "Without TLS the engine takes commands from whoever reaches its port",
    registry: (registry: string) =>
      `Whoever answers in the place of ${registry} decides which images are run`,
  },
  bad: [
    {
      title: "a port for everybody",
      source: "dockerd «-H tcp://0.0.0.0:2375» -H unix:///var/run/docker.sock &\n",
      fixed: "dockerd -H unix:///var/run/docker.sock &\n",
    },
    {
      title: "encrypted only, on the machine only, registries",
      source:
        "dockerd --tls «--host=tcp://192.0.2.1:2376»\nsudo dockerd «-H tcp://127.0.0.1:2375» «--insecure-registry registry.example.com:5000»\n",
      fixed: "dockerd --tls\nsudo dockerd\n",
    },
    {
      title: "an engine in a container",
      source: "docker run --privileged -d docker:28-dind «--tls=false»\n",
      fixed: "docker run --privileged -d docker:28-dind\n",
    },
  ],
  good: [
    {
      title: "certificates for both ends, and sockets",
      source:
        "dockerd --tlsverify --tlscacert ca.pem --tlscert c.pem --tlskey k.pem -H tcp://0.0.0.0:2376\ndockerd -H fd:// -H unix:///run/d.sock -H ssh://x\n",
    },
    {
      title: "a registry of the machine",
      source: "dockerd --insecure-registry localhost:5000 --insecure-registry 127.0.0.0/8\n",
    },
    { title: "a client", source: "docker -H tcp://192.0.2.1:2376 ps\nservice dockerd restart\n" },
  ],
  check(document, { report }) {
    for (const command of document.commands) {
      if (command.action !== "daemon") continue;
      const isVerified = isOn(command, "tlsverify") !== undefined;
      const verifies = optionsNamed(command, "tlsverify").some(
        ({ value }) => value !== undefined && value.value === undefined,
      );
      for (const option of isVerified || verifies ? [] : optionsNamed(command, "host")) {
        const address = option.value?.value ?? "";
        if (!/^tcp:\/\//i.test(address)) continue;
        const { host } = addressOf(address);
        const kind =
          host === "" || isLoopbackHost(host) ? "local" : isEncrypted(command) ? "unverified" : "open";
        report(kind, [shorten(address, 36)], {
          at: option.span,
          severity: severityHere(document, command, kind === "open" ? "critical" : "high"),
          fixes: withoutOption("Listen on the socket only", option),
        });
      }
      for (const option of optionsNamed(command, "tls", "tlsverify")) {
        if (!/^(?:false|0|f)$/i.test(option.value?.value ?? "")) continue;
        const fixes = withoutOption("Keep TLS", option);
        report("plain", [], { at: option.span, severity: severityHere(document, command, "high"), fixes });
      }
      for (const option of optionsNamed(command, "insecure-registry")) {
        const registry = option.value?.value ?? "";
        if (
          registry === "" ||
          isLoopbackHost(registry.toLowerCase()) ||
          isLoopbackHost(addressOf(registry).host)
        )
          continue;
        report("registry", [shorten(registry)], {
          at: option.span,
          severity: severityHere(document, command, "medium"),
          fixes: withoutOption("Check its certificate", option),
        });
      }
    }
  },
});

function isEncrypted(command: EngineCommand): boolean {
  return isOn(command, "tls") !== undefined || optionsNamed(command, "tlscert").length > 0;
}
