import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ShellWord } from "../../documents/shell/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { maxRewrittenCommands } from "../../ruleLimits";
import { insertAt } from "../../text/edit";
import { changed } from "../shared/fillIn";
import { covers, pathOfWord } from "../shared/layerPaths";
import { absolutePath } from "../shared/mountedFile";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { removalOfCommand } from "../shared/removeCommand";
import { deletionsIn } from "../shared/secretFiles";
import type { SecretRun, SecretUse } from "../shared/secretRuns";
import { persistedUses } from "../shared/secretUses";
import { finalStages } from "../shared/stages";

export default defineRule({
  id: "secret-mount-persisted",
  language: "dockerfile",
  title: "A mounted secret is not copied into the image",
  why: `A secret mount keeps the secret out of the image: the file is there for one step and then gone. Copying it, or
writing what is in it to another file, puts it into the layer, where everyone who can pull the image finds it, and a
later \`RUN rm\` does not take it out.

Let the mount appear where the program looks for it: \`--mount=type=secret,id=npmrc,target=/root/.npmrc\`, or as a
variable with \`env=\`. What the running program needs is given to the container when it starts.

A file that the same step deletes, one below another mount, one in \`/dev\` or \`/run\`, and certificates and public
keys, which are mounted as secrets for convenience, are not reported. A stage
that is not part of the final image is reported as medium.

Where a step copies the mounted file by \`cp\`, the fix mounts it in that place.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "critical",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.10", "cwe:312", "cwe:538"],
  references: [dockerBuildSecrets, cisDocker, cwe(312, "Cleartext storage of sensitive information")],
  local: true,
  needs: { keywords: ["RUN"], words: ["secret"] },
  messages: {
    kept: () => "The mounted secret is written to a file that stays in the layer for everyone with the image",
  },
  bad: [
    {
      title: "copied",
      source:
        "FROM node:22\nRUN --mount=type=secret,id=npmrc cp /run/secrets/npmrc «/root/.npmrc» && npm ci\n",
      fixed: "FROM node:22\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\n",
    },
    {
      title: "written, in several ways",
      source:
        'FROM node:22\nRUN --mount=type=secret,id=t cat /run/secrets/t > «/app/token»\nRUN --mount=type=secret,id=t base64 -d /run/secrets/t | tee «"/etc/x y"»\nRUN --mount=type=secret,id=t,env=T echo "key=$T" >> «app.conf»\nRUN --mount=type=secret,id=t T=$(cat /run/secrets/t) && printf "%s" "$T" > «$HOME/.t»\n',
    },
    {
      title: "by a heredoc, in a stage that is thrown away",
      source:
        "FROM node:22 AS build\nRUN --mount=type=secret,id=t,env=T cat <<EOF > «.npmrc»\n//r.example.com/:_authToken=$T\nEOF\nFROM node:22\n",
    },
  ],
  good: [
    {
      title: "read in place",
      source:
        "FROM node:22\nRUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci\nRUN --mount=type=secret,id=t login < /run/secrets/t > /log\n",
    },
    {
      title: "deleted by the same step",
      source:
        "FROM node:22\nRUN --mount=type=secret,id=n cp /run/secrets/n ~/.npmrc && npm ci && rm -f ~/.npmrc\n",
    },
    {
      title: "below another mount",
      source:
        "FROM node:22\nRUN --mount=type=tmpfs,target=/work --mount=type=secret,id=t cat /run/secrets/t > /work/t\n",
    },
    {
      title: "a certificate, and a public key",
      source:
        "FROM debian:12\nRUN --mount=type=secret,id=corp cp /run/secrets/corp /usr/local/share/ca-certificates/corp.crt\nRUN --mount=type=secret,id=adb_key_pub cat /run/secrets/adb_key_pub > /root/adbkey.pub\n",
    },
    {
      title: "away",
      source:
        "FROM node:22\nRUN --mount=type=secret,id=t cat /run/secrets/t > /dev/null; cp a /run/secrets/t2\n",
    },
  ],
  check(document, { report }) {
    const kept = finalStages(document);
    const seen = new Set<number>();
    for (const { run, use, target } of persistedUses(document)) {
      if (seen.has(target.span.start) || isGone(run, target)) continue;
      seen.add(target.span.start);
      report("kept", [], {
        at: target.span,
        fixes: inPlaceFixes(document, run, use, target),
        related: run.mounts.slice(0, 3).map(({ mount }) => ({ message: "The mount", span: mount.flag.span })),
        ...(kept.has(run.stage.index) ? {} : { severity: "medium" as const }),
      });
    }
  },
});

/** Has the secret mounted where a command copies it to. */
function inPlaceFixes(
  document: DockerfileDocument,
  { run, stage, position, mounts }: SecretRun,
  { command }: SecretUse,
  target: ShellWord,
): readonly Fix[] {
  const [mount] = mounts;
  const isCopy = /^(?:cp|cat)$/.test(command.unwrapped.program) && command.pipeline.length === 1;
  if (run.script.commands.length > maxRewrittenCommands) return [];
  if (mounts.length !== 1 || mount === undefined || mount.env !== undefined || !isCopy) return [];
  if (mount.mount.options.some(({ key }) => /^(?:target|dst|destination)$/.test(key))) return [];
  const path = absolutePath(document, { run, stage, position, target: target.text.replace(/["']/g, "") });
  // The command may name a folder, and others may read the secret where it was.
  const others = run.script.commands.filter((one) => one !== command);
  if (path === undefined || /\/$/.test(path) || others.length === 0) return [];
  if (others.some((one) => document.text.slice(one.span.start, one.span.end).includes(mount.path ?? "")))
    return [];
  const removal = removalOfCommand(document, run, command);
  return changed("Mount it there instead", [removal, insertAt(mount.mount.flag.span.end, `,target=${path}`)]);
}

/** Certificates and public keys are no secrets. */
const publicFile =
  /\.(?:crt|cer|pub)$|\/ca-certificates\/|\/ca-trust\/|\/ssl\/certs\/|(?:ca|cert)[\w-]{0,40}\.pem$/;

/** Whether a file does not outlive its step, or may be read by everyone. */
function isGone({ run, stage, position }: SecretRun, target: ShellWord): boolean {
  const path = pathOfWord(target, stage.stateAt(position));
  if (path === undefined) return false;
  if (/^\/(?:dev|run|proc|sys)(?:\/|$)/.test(path) || publicFile.test(path)) return true;
  const folders = run.mounts.flatMap(({ options }) =>
    options.filter(({ key }) => key === "target" || key === "dst" || key === "destination"),
  );
  return (
    folders.some(({ value }) => value !== "" && covers(value.replace(/\/$/, ""), path)) ||
    deletionsIn(run, stage, position).some((deletion) => covers(deletion.path, path))
  );
}
