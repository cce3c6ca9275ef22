import { isOn, optionsNamed } from "../../documents/commands/model";
import { defineRule } from "../../engine/rule";
import { dockerCommand, withoutOption } from "../shared/engineCommands";
import { cisDocker } from "../shared/references";

export default defineRule({
  id: "swarm-settings",
  language: "commands",
  title: "A swarm locks its managers and says where they listen",
  why: `The managers of a swarm keep its secrets and the key of its certificates on disk. With \`--autolock\` they are encrypted
with a key that a person gives after each restart, so that a copy of the disk is of no use. Without \`--listen-addr\` a
manager answers on every address of its host. \`--autolock=false\` decrypts them again, and a long \`--cert-expiry\` leaves a
stolen certificate of good use.

Say \`docker swarm init --autolock --listen-addr 10.0.0.1\`, keep the key outside of the swarm, and let certificates live
no longer than the 90 days that are the default.

A swarm of one node for tests needs none of this, so it is info and on in the profile \`cis\` only.`,
  category: "configuration",
  severity: "info",
  profiles: ["cis"],
  since: "0.1.0",
  aliases: [
    "docker-bench:5.1",
    "docker-bench:7.3",
    "docker-bench:7.6",
    "cis:7.1",
    "cis:7.3",
    "cis:7.6",
    "cis:7.8",
  ],
  references: [
    dockerCommand("docker swarm init", "docker/swarm/init"),
    { title: "Docker: lock a swarm", url: "https://docs.docker.com/engine/swarm/swarm_manager_locking/" },
    cisDocker,
  ],
  messages: {
    unlocked: () => "Who gets a copy of a manager's disk has the secrets and certificates of the swarm",
    everywhere: () => "The manager answers on every address of its host",
    expiry: (hours: string) => `A stolen certificate of the swarm is of use for up to ${hours} hours`,
  },
  bad: [
    { title: "neither", source: "««docker swarm init»»\n" },
    {
      title: "decrypted again, and a long life",
      source: "docker swarm update «--autolock=false» «--cert-expiry 8760h»\n",
      fixed: "docker swarm update\n",
    },
  ],
  good: [
    {
      title: "both",
      source: "docker swarm init --autolock --listen-addr 10.0.0.1:2377 --cert-expiry 720h\n",
    },
    { title: "documentation", source: "```sh\ndocker swarm init\n```\n", context: { format: "markdown" } },
  ],
  check(document, { report }) {
    if (document.format === "markdown") return;
    for (const command of document.commands) {
      const isInit = command.action === "swarm-init";
      if (!isInit && command.action !== "swarm-update") continue;
      const locks = optionsNamed(command, "autolock");
      if (isInit && !command.open) {
        if (locks.length === 0) report("unlocked", [], { at: command.nameSpan });
        if (optionsNamed(command, "listen-addr").length === 0)
          report("everywhere", [], { at: command.nameSpan });
      }
      for (const option of locks)
        if (isOn(command, "autolock") === undefined && option.value?.value !== undefined)
          report("unlocked", [], { at: option.span, fixes: withoutOption("Leave it locked", option) });
      for (const option of optionsNamed(command, "cert-expiry")) {
        const hours = /^(\d{1,9})h/.exec(option.value?.value ?? "")?.[1] ?? "0";
        if (Number(hours) > longestLife)
          report("expiry", [hours], {
            at: option.span,
            fixes: withoutOption("Keep the default of 90 days", option),
          });
      }
    }
  },
});

/** 90 days in hours, which is what Docker gives certificates by default. */
const longestLife = 2160;
