import type { ShellCommand } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { environmentSettings } from "../shared/environmentSettings";
import { commandsMentioning, textMatches } from "../shared/mentions";
import { cwe } from "../shared/references";

export default defineRule({
  id: "ssh-host-key-checking-disabled",
  language: "dockerfile",
  local: true,
  needs: { words: ["stricthostkeychecking", "knownhostsfile", "ssh-keyscan", "ansible_host_key_checking"] },
  title: "SSH checks the key of the host that it talks to",
  why: `With \`StrictHostKeyChecking no\`, or with known hosts thrown away to \`/dev/null\`, SSH talks to whoever answers.
Anyone on the way can hand the build another source tree, or take what it uploads. Written into the image's
configuration it holds for every connection of the running container, password logins included.

\`ssh-keyscan host >> known_hosts\` only looks as if it checked: it asks the very line that is not trusted. It is
medium.

Write the host's key, as its operator publishes it, into the file: \`COPY known_hosts /etc/ssh/ssh_known_hosts\`.
\`accept-new\` is not reported, though in a fresh container every host is new.

The fix writes \`yes\`; it is not called safe, since the connection then fails until the key is known.`,
  category: "supply-chain",
  severity: "high",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: ["cwe:322", "cwe:295"],
  references: [
    { title: "OpenSSH: ssh_config", url: "https://man.openbsd.org/ssh_config#StrictHostKeyChecking" },
    {
      title: "GitHub: SSH key fingerprints",
      url: "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/githubs-ssh-key-fingerprints",
    },
    cwe(322, "Key exchange without entity authentication"),
  ],
  messages: {
    off: () => "SSH talks to whoever answers here, so anyone on the way can replace what is fetched",
    forgotten: () => "SSH forgets every host's key here, so it cannot notice when somebody else answers",
    scanned: () => "ssh-keyscan takes the key of whoever answers, so the check that follows proves nothing",
    ansible: () =>
      "Ansible takes the key of whoever answers, so anyone on the way can take over its sessions",
  },
  bad: [
    {
      title: "options",
      source:
        "FROM debian:12\nRUN scp -o «StrictHostKeyChecking=no» -o «UserKnownHostsFile=/dev/null» a@example.com:/x /x\n",
      fixed:
        "FROM debian:12\nRUN scp -o StrictHostKeyChecking=yes -o UserKnownHostsFile=/dev/null a@example.com:/x /x\n",
    },
    {
      title: "an option for git",
      source: 'FROM debian:12\nENV GIT_SSH_COMMAND="ssh -o «StrictHostKeyChecking=no»"\n',
      fixed: 'FROM debian:12\nENV GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=yes"\n',
    },
    {
      title: "configuration, by a command and in the Dockerfile",
      source:
        'FROM debian:12\nRUN echo "Host *\\n\\t«StrictHostKeyChecking no»\\n" >> /etc/ssh/ssh_config\nCOPY <<EOF /root/.ssh/config\nHost *\n  «StrictHostKeyChecking no»\nEOF\n',
      fixed:
        'FROM debian:12\nRUN echo "Host *\\n\\tStrictHostKeyChecking yes\\n" >> /etc/ssh/ssh_config\nCOPY <<EOF /root/.ssh/config\nHost *\n  StrictHostKeyChecking yes\nEOF\n',
    },
    {
      title: "a key from the line itself, which is less",
      source: "FROM debian:12\nRUN «ssh-keyscan» github.com >> /root/.ssh/known_hosts\n",
    },
    {
      title: "Ansible",
      source: "FROM debian:12\nENV «ANSIBLE_HOST_KEY_CHECKING=False»\nRUN true\n",
      fixed: "FROM debian:12\nRUN true\n",
    },
  ],
  good: [
    {
      title: "known hosts",
      source:
        "FROM debian:12\nCOPY known_hosts /etc/ssh/ssh_known_hosts\nRUN ssh -o StrictHostKeyChecking=yes a@b\n",
    },
    {
      title: "keys that are compared",
      source: "FROM debian:12\nRUN ssh-keyscan github.com | ssh-keygen -lf - | grep -q SHA256:abc\n",
    },
    {
      title: "text",
      source:
        "FROM debian:12\n# StrictHostKeyChecking no\nRUN grep -q 'StrictHostKeyChecking no' /etc/ssh/ssh_config\n",
    },
  ],
  check(document, { report }) {
    for (const { span, value } of textMatches(document, unchecked, [
      "RUN",
      "CMD",
      "ENTRYPOINT",
      "ENV",
      "ARG",
      "COPY",
    ])) {
      if (value === undefined) report("forgotten", [], { at: span });
      else report("off", [], { at: span, fixes: fixesOf(value) });
    }
    for (const { command } of commandsMentioning(document, ["ssh-keyscan"], isKeyscan, ["RUN"])) {
      const { name } = command.unwrapped;
      const last = command.pipeline.at(-1);
      if (!name || (last !== command && last?.unwrapped.program !== "tee")) continue;
      report("scanned", [], { at: name.span, severity: "medium" });
    }
    for (const { value, span, fixes } of environmentSettings(document, ["ANSIBLE_HOST_KEY_CHECKING"])) {
      if (value !== undefined && /^(?:false|0|no)$/i.test(value)) report("ansible", [], { at: span, fixes });
    }

    function fixesOf(value: { readonly start: number; readonly end: number }): readonly Fix[] {
      return [{ title: "Check the host's key", safety: "unsafe", edits: [replaceSpan(value, "yes")] }];
    }
  },
});

function isKeyscan({ unwrapped }: ShellCommand): boolean {
  return unwrapped.program === "ssh-keyscan";
}

const unchecked =
  /StrictHostKeyChecking(?:[ \t]{0,9}=[ \t]{0,9}|[ \t]{1,9})["']?(?<value>no|off|false)\b|(?:User|Global)KnownHostsFile(?:[ \t]{0,9}=[ \t]{0,9}|[ \t]{1,9})["']?\/dev\/null\b/dgi;
