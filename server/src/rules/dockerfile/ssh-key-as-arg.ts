import { defineRule } from "../../engine/rule";
import { maxFileFixes } from "../../ruleLimits";
import { sshMountFixes } from "../shared/mountedFile";
import { cisDocker, cwe, dockerfileReference, dockerSecretsCheck } from "../shared/references";
import { keyUses } from "../shared/secretUses";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "ssh-key-as-arg",
  language: "dockerfile",
  title: "SSH keys reach the build through a mount and not through an argument",
  why: `A private key that is given as a build argument stays in the history and the provenance of the image, whatever
happens to the file: \`docker history --no-trunc\` prints it. It usually opens all repositories that its owner may read.

Let BuildKit lend the build your agent for one step, so that the key never enters it:
\`RUN --mount=type=ssh git clone git@example.com:team/app.git\`, and build with \`--ssh default\`. Where only a file
will do, mount it: \`--mount=type=secret,id=key,target=/root/.ssh/id_ed25519\`. Then replace the key: the old one is out.

Reported where a variable of ARG or ENV is written to the file of a key or handed to \`ssh-add\`.

The fix mounts the builder's SSH agent and deletes what writes, protects and deletes the key, together with the
argument.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3064",
    "trivy:DS-0031",
    "semgrep:secret-in-build-arg",
    "buildkit:SecretsUsedInArgOrEnv",
    "sonar:S6472",
    "cis:4.10",
    "cwe:522",
  ],
  references: [
    dockerfileReference("RUN --mount=type=ssh", "run---mounttypessh"),
    dockerSecretsCheck,
    cisDocker,
    cwe(522, "Insufficiently protected credentials"),
  ],
  local: true,
  needs: { keywords: ["RUN"], words: ["$"] },
  messages: {
    key: (name: string) =>
      `The private key in ${name} stays in the history of the image, even if the file is deleted`,
  },
  bad: [
    {
      title: "written to a file",
      source:
        'FROM debian:12\nARG SSH_PRIVATE_KEY\nRUN mkdir -p ~/.ssh && echo "«$SSH_PRIVATE_KEY»" > ~/.ssh/id_rsa && git clone git@example.com:a/b && rm ~/.ssh/id_rsa\n',
      fixed: "FROM debian:12\nRUN --mount=type=ssh mkdir -p ~/.ssh && git clone git@example.com:a/b\n",
    },
    {
      title: "decoded and through tee",
      source:
        'FROM debian:12\nARG GIT_DEPLOY_KEY\nRUN printf "%s" "«${GIT_DEPLOY_KEY}»" | base64 -d | tee /root/.ssh/id_ed25519\n',
    },
    {
      title: "through ENV, and given to an agent",
      source:
        'FROM debian:12\nARG SSH_KEY\nENV KEY=$SSH_KEY\nRUN eval $(ssh-agent) && echo "«$KEY»" | ssh-add - && git fetch\n',
    },
  ],
  good: [
    { title: "the agent", source: "FROM debian:12\nRUN --mount=type=ssh git clone git@example.com:a/b\n" },
    {
      title: "the public half, and hosts",
      source:
        'FROM debian:12\nARG SSH_PUB_KEY\nARG HOSTS\nRUN echo "$SSH_PUB_KEY" > ~/.ssh/id_rsa.pub; echo "$HOSTS" > ~/.ssh/known_hosts\n',
    },
    {
      title: "a mounted secret",
      source: 'FROM debian:12\nRUN --mount=type=secret,id=k,env=SSH_KEY echo "$SSH_KEY" | ssh-add -\n',
    },
  ],
  check(document, { report }) {
    for (const [index, { run, use, target }] of keyUses(document).entries()) {
      const { span, variable, command } = use;
      const written = target && { ...run, command, target: target.text.replace(/["']/g, "") };
      report("key", [shorten(variable.name)], {
        at: span,
        fixes: written && index < maxFileFixes ? sshMountFixes(document, written) : [],
        related: [{ message: "Where the key comes from", span: variable.assignment.nameSpan }],
      });
    }
  },
});
