import type { Mount, MountOption } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { imagePath } from "../shared/imagePaths";
import { cwe, dockerBuildSecrets, dockerfileReference } from "../shared/references";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "cache-mount-holds-credentials",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["cache"] },
  title: "No cache of the builder holds a folder where tools keep credentials",
  why: `A cache mount stays on the builder, and every build that mounts the same path gets it: those of other branches,
and on a shared builder those of other projects. What a step writes into \`~/.docker\`, \`~/.aws\` or \`~/.config\`
when it logs in, or into the home folder as a whole, is then read by the next build, by a pull request of somebody
else for instance, who can leave something there as well.

Cache the folder of one tool: \`target=/root/.cache/pip\`, \`target=/root/.npm\`. Credentials come as
\`--mount=type=secret\`. Folders such as \`~/.m2\` and \`~/.cargo\`, which hold packages as a rule and a password at
times, are not reported, nor is a cache that is mounted read-only.

Where the whole home folder is mounted the fix narrows that to \`.cache\` in it; look whether that is where your tool
keeps its files.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.10", "cwe:524"],
  references: [
    dockerfileReference("RUN --mount=type=cache", "run---mounttypecache"),
    dockerBuildSecrets,
    cwe(524, "Use of cache containing sensitive information"),
  ],
  messages: {
    credentials: (folder: string) =>
      `Tools keep credentials in ${folder}, and this cache hands them to every build on this builder`,
  },
  bad: [
    {
      title: "the home folder",
      source: "FROM python:3.13\nRUN --mount=type=cache,target=«/root» pip install x\n",
      fixed: "FROM python:3.13\nRUN --mount=type=cache,target=/root/.cache pip install x\n",
    },
    {
      title: "of another user, in other words and orders",
      source:
        "FROM python:3.13\nRUN --mount=dst=«/home/app/»,type=cache,sharing=locked --mount=type=cache,id=x,destination=«/root» make\n",
      fixed:
        "FROM python:3.13\nRUN --mount=dst=/home/app/.cache,type=cache,sharing=locked --mount=type=cache,id=x,destination=/root/.cache make\n",
    },
    {
      title: "folders of credentials, without a fix",
      source:
        'FROM python:3.13\nRUN --mount=type=cache,target=«/root/.docker» \\\n    --mount=type=cache,target=«/home/app/.config/gcloud» ["make"]\nWORKDIR /root\nONBUILD RUN --mount=type=cache,target=«/root/.aws» make\nRUN --mount=type=cache,target=«.ssh» make\n',
    },
  ],
  good: [
    {
      title: "a tool's own folder",
      source:
        "FROM python:3.13\nRUN --mount=type=cache,target=/root/.cache --mount=type=cache,target=/root/.cache/pip,id=pip --mount=type=cache,target=/root/.m2 --mount=type=cache,target=/root/.config/pip-cache make\n",
    },
    {
      title: "read-only, and other mounts",
      source:
        "FROM python:3.13\nRUN --mount=type=cache,target=/root,ro --mount=type=secret,target=/root/.aws/credentials --mount=type=tmpfs,target=/root make\n",
    },
    { title: "a variable", source: "FROM python:3.13\nRUN --mount=type=cache,target=$DIR make\n" },
  ],
  check(document, { report }) {
    for (const run of instructionsOf(document)) {
      if (run.keyword !== "RUN") continue;
      for (const mount of run.mounts) {
        const target = cacheTarget(mount);
        if (target === undefined || target.value.includes("$")) continue;
        const path = imagePath(document, run, { expanded: { state: "known", value: target.value } });
        if (path === undefined || !credentialFolders.has(path)) continue;
        const folder = path === "~" ? "the home folder" : path;
        report("credentials", [folder], { at: target.valueSpan, fixes: path === "~" ? fixesOf(target) : [] });
      }
    }
  },
});

const credentialFolders: ReadonlySet<string> = new Set([
  ...[
    "/",
    "/home",
    "/run/secrets",
    "~",
    "~/.aws",
    "~/.azure",
    "~/.config",
    "~/.config/containers",
    "~/.config/gcloud",
  ],
  ...["~/.config/gh", "~/.docker", "~/.gnupg", "~/.kube", "~/.password-store", "~/.ssh", "~/.terraform.d"],
]);

function cacheTarget({ type, options }: Mount): MountOption | undefined {
  if (
    type !== "cache" ||
    options.some(({ key, value }) => /^(?:ro|readonly)$/.test(key) && value !== "false")
  )
    return undefined;
  return options.find(({ key }) => key === "target" || key === "dst" || key === "destination");
}

function fixesOf({ value, valueSpan }: MountOption): readonly Fix[] {
  if (valueSpan.end - valueSpan.start !== value.length) return [];
  const narrowed = `${value.replace(/\/{1,9}$/, "")}/.cache`;
  return [{ title: `Cache ${narrowed} only`, safety: "unsafe", edits: [replaceSpan(valueSpan, narrowed)] }];
}
