import { defineRule } from "../../engine/rule";
import { keyGeneration } from "../shared/keyGeneration";
import { covers, layerPath } from "../shared/layerPaths";
import { cisDocker, cwe } from "../shared/references";
import { type Deletion, deletionsIn } from "../shared/secretFiles";
import { shorten } from "../shared/shorten";
import { finalStages, placedInstructions } from "../shared/stages";

export default defineRule({
  id: "key-material-generated-at-build",
  language: "dockerfile",
  title: "Private keys are made when a container starts and not when the image is built",
  why: `A key that a step of the build makes is the same in every container, and everyone who can pull the image has it:
with the host key of an SSH server or the key of a certificate, they can pretend to be your server and read along.
It does not change either when it should, since the layer comes from the cache.

Make it at the start, in the entrypoint, where none is there yet, and keep it in a volume; or mount it as a secret of
Compose or of the cluster.

A key that the same step deletes is not reported; a stage that is not part of the final image is low. A certificate
for tests alone may be meant: say so in an ignore comment. There is no fix, since the entrypoint is another file.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["sonar:S6437", "cis:4.10", "cwe:321", "cwe:522"],
  references: [cisDocker, cwe(321, "Use of hard-coded cryptographic key")],
  local: true,
  needs: {
    keywords: ["RUN"],
    words: [
      "ssh-keygen",
      "openssl",
      "keytool",
      "gpg",
      "certtool",
      "dropbearkey",
      "age-keygen",
      "mkcert",
      "wg",
      "easyrsa",
      "make-ssl-cert",
      "openssh-server",
    ],
  },
  messages: {
    key: (program: string) =>
      `${program} makes a private key that all containers share and the image gives away`,
    host: (program: string) =>
      `${program} makes a host key that all containers share and the image gives away`,
  },
  bad: [
    {
      title: "host keys",
      source:
        "FROM debian:12\nRUN «ssh-keygen» -A\nRUN «ssh-keygen» -t rsa -f /etc/ssh/ssh_host_rsa_key -N ''\nRUN «dpkg-reconfigure openssh-server»\n",
    },
    {
      title: "certificates and their keys",
      source:
        "FROM debian:12\nRUN «openssl req» -x509 -nodes -newkey rsa:2048 -keyout /k.pem -out /c.pem -subj /CN=x && «openssl genrsa» -out /k 2048\nRUN «keytool» -genkeypair -alias a -keystore /k.jks\n",
    },
    {
      title: "in a stage that is thrown away",
      source:
        "FROM debian:12 AS keys\nRUN «openssl ecparam» -genkey -name prime256v1 -out k\nFROM debian:12\n",
    },
  ],
  good: [
    {
      title: "when the container starts",
      source:
        'FROM debian:12\nRUN printf "ssh-keygen -A" > /start\nCMD ssh-keygen -A && exec /usr/sbin/sshd -D\n',
    },
    {
      title: "other uses of the programs",
      source:
        "FROM debian:12\nRUN ssh-keygen -R example.com; ssh-keygen -lf k; ssh-keygen -y -f k; openssl req -new -key k; openssl rand -hex 8; keytool -import -alias a\n",
    },
    {
      title: "deleted again",
      source:
        "FROM debian:12\nRUN ssh-keygen -A && make test && rm -f /etc/ssh/ssh_host_*\nRUN openssl genrsa -out k.pem && make && rm k.pem\n",
    },
  ],
  check(document, { report }) {
    const kept = finalStages(document);
    for (const { instruction: run, stage, position } of placedInstructions(document)) {
      if (run.keyword !== "RUN" || !program.test(document.text.slice(run.span.start, run.span.end))) continue;
      const made = run.script.commands.flatMap((command) => keyGeneration(command) ?? []);
      const deleted = made.length > 0 ? deletionsIn(run, stage, position) : [];
      for (const { span, name, kind, file } of made) {
        const path = file === undefined ? undefined : layerPath(file, stage.stateAt(position).workdir);
        if (isDeleted(path, kind, deleted)) continue;
        report(kind, [shorten(name, 24)], {
          at: span,
          ...(kept.has(stage.index) ? {} : { severity: "low" as const }),
        });
      }
    }
  },
});

const program =
  /ssh-keygen|openssl|keytool|gpg|certtool|dropbearkey|age-keygen|mkcert|\bwg\b|easyrsa|make-ssl-cert|openssh-server/;

function isDeleted(path: string | undefined, kind: "host" | "key", deleted: readonly Deletion[]): boolean {
  return deleted.some(
    (deletion) =>
      (path !== undefined && covers(deletion.path, path)) ||
      (kind === "host" && deletion.path.includes("ssh_host_")),
  );
}
