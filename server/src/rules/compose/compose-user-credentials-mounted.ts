import type { VolumeMount } from "../../documents/compose/model";
import { distinct } from "../../documents/compose/select";
import { removeItem } from "../../documents/yaml/remove";
import { entriesOf, scalarOf } from "../../documents/yaml/tree";
import { defineRule } from "../../engine/rule";
import { unsafeFix } from "../shared/composeFix";
import { composeKey, composeSecrets } from "../shared/composeReferences";
import { credentialsAt, withHomeAsTilde } from "../shared/credentialPaths";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "compose-user-credentials-mounted",
  language: "compose",
  title: "Nobody's own credentials are mounted into a container",
  why: `\`~/.ssh\`, \`~/.aws\`, \`~/.kube\` and the like hold the keys to everything that the person at this machine may do.
Mounted into a container, they are for every package that runs in it to read, and one bad dependency is enough to carry
them away: that is what such packages look for first.

Give the service its own credentials with few rights, as a secret in \`secrets:\`, or short-lived ones in variables. For Git
in a build use \`build.ssh\`. The socket of an SSH agent does not give the keys away, but lets the container log in
wherever they fit while it runs: medium.

Development containers do this on purpose; write an ignore comment there. \`known_hosts\`, \`config\` and public keys are
not reported. The fix removes the mount.`,
  category: "mounts",
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["docksec:compose-sensitive-host-mount", "cis:5.6", "cwe:668", "cwe:522"],
  references: [
    composeSecrets,
    composeKey("volumes"),
    cisDocker,
    cwe(522, "Insufficiently protected credentials"),
  ],
  local: true,
  messages: {
    credentials: (service: string, what: string) =>
      `Every package that runs in ${service} can read your ${what}`,
    agent: (service: string) => `Code in ${service} can log in with your SSH keys while it runs`,
  },
  bad: [
    {
      title: "keys and configurations",
      source:
        "services:\n  app:\n    image: app:1\n    volumes:\n      - «~/.ssh»:/root/.ssh:ro\n      - «${HOME}/.aws:/root/.aws»\n      - ./src:/src\n",
      fixed: "services:\n  app:\n    image: app:1\n    volumes:\n      - ./src:/src\n",
    },
    {
      title: "single files, in quotes and flow style",
      source:
        'services:\n  app:\n    image: app:1\n    volumes: [«"$HOME/.docker/config.json:/c.json:ro"», "«/home/me/.kube/config»:/k"]\n',
      fixed: "services:\n  app:\n    image: app:1\n",
    },
    {
      title: "long form",
      source:
        "services:\n  app:\n    image: app:1\n    volumes:\n      - type: bind\n        source: «~/.config/gcloud»\n        target: /gcloud\n",
      fixed: "services:\n  app:\n    image: app:1\n",
    },
    {
      title: "the whole home",
      source: "services:\n  app:\n    image: app:1\n    volumes:\n      - «~»:/home/me\n",
      fixed: "services:\n  app:\n    image: app:1\n",
    },
    {
      title: "the agent, medium",
      source: "services:\n  app:\n    image: app:1\n    volumes:\n      - «${SSH_AUTH_SOCK}:/agent»\n",
      fixed: "services:\n  app:\n    image: app:1\n",
    },
  ],
  good: [
    {
      title: "nothing secret",
      source:
        "services:\n  app:\n    image: app:1\n    volumes:\n      - ~/.ssh/known_hosts:/k:ro\n      - ~/.ssh/id_ed25519.pub:/p:ro\n      - ~/.gitconfig:/g:ro\n      - ~/data:/data\n      - ${HOME}/project:/p\n",
    },
    {
      title: "a volume, and a directory of the project",
      source:
        "services:\n  app:\n    image: app:1\n    volumes: ['aws:/root/.aws', './.docker/php:/etc/php', './ssh:/root/.ssh']\n",
    },
    {
      title: "a variable that may be anything",
      source: "services:\n  app:\n    image: app:1\n    volumes: ['${KEYS}:/root/.ssh']\n",
    },
  ],
  check(document, { report }) {
    for (const { service, part: mount } of distinct(
      document,
      (one) => one.volumes,
      (one) => one.span,
    )) {
      const path = writtenSource(mount);
      const what = path === undefined ? undefined : credentialsAt(path);
      const isAgent = path !== undefined && /^\$\{?SSH_AUTH_SOCK\b/.test(path);
      if (what === undefined && !isAgent) continue;
      const place = {
        at: mount.sourceSpan,
        fixes: unsafeFix("Remove the mount", removeItem(document, mount.node)),
      };
      if (what !== undefined) report("credentials", [shorten(service.name, 32), what], place);
      else report("agent", [shorten(service.name, 40)], { ...place, severity: "medium" });
    }
  },
});

/** The source as written up to the first colon outside of a variable, with the home directory as `~`. */
function writtenSource({ node, form }: VolumeMount): string | undefined {
  const source =
    form === "long"
      ? entriesOf(node).find((entry) => entry.key === "source" || entry.key === "src")?.value
      : node;
  const raw = scalarOf(source)?.value;
  if (raw === undefined || raw.length > 400) return undefined;
  const home = withHomeAsTilde(raw);
  if (form === "short" && !/^[^:]{1,200}:./.test(home) && !home.startsWith("$")) return undefined;
  return form === "long" || home.startsWith("$") ? home : home.slice(0, home.indexOf(":"));
}
