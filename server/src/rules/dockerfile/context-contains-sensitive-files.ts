import type {
  CopyInstruction,
  CopySource,
  DockerfileDocument,
  Instruction,
} from "../../documents/dockerfile/model";
import type { Fact, Facts, IgnoreFile } from "../../engine/facts";
import type { Fix, Related } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { contextPath, contextSources } from "../shared/contextPaths";
import {
  type ContextSecret,
  decidingPattern,
  exposedSecrets,
  namesOf,
  takenBy,
} from "../shared/contextSecrets";
import { patternSpan } from "../shared/ignorePatterns";
import { cisDocker, cwe, dockerBuildSecrets } from "../shared/references";
import { isForPackages, secretSources } from "../shared/secretFiles";
import { finalStages, instructionsOf } from "../shared/stages";
import { isWholeContext } from "../shared/wholeContext";

export default defineRule({
  id: "context-contains-sensitive-files",
  language: "dockerfile",
  needs: { keywords: ["COPY", "ADD"] },
  title: "No key, no credentials and no history lie in what a COPY takes",
  why: `The build context really holds a file that is a secret by its name, and a COPY or ADD of its folder, or a pattern,
takes it along: the ignore file does not exclude it. It is then in a layer of the image, for everyone who can pull it,
and a later \`RUN rm\` does not take it out. A \`.git\` folder holds everything that was ever committed, secrets that
were deleted again included, and often the address it was cloned from with its token.

Name the file in \`.dockerignore\`, or copy only what is needed. What a build step needs is mounted
(\`RUN --mount=type=secret\`), what the program needs is given to the container.

Keys and credentials are high, files that often hold them and \`.git\` medium, an \`.npmrc\` low. In a stage that is
thrown away keys and credentials are medium and the rest is not reported, since builds need it. Each file is
reported once. Names decide: no file is opened, folders that only hold test data, examples or templates are left out,
and so is what package managers installed. At most 5,000 entries, four levels deep, are looked at; links are not
followed.

The whole context without any ignore file is \`copy-whole-context-without-dockerignore\`, which then names the file. A
file that is copied by its own name is \`secret-file-copied-by-name\`. Where folders cannot be listed, or nothing says
which folder is the context, the instruction counts as not checked.

Where there is no ignore file, the fix makes one that names the files. It is not called safe: look whether the
program reads one of them.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "high",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["dockle:DKL-LI-0003", "dockle:CIS-DI-0010", "cis:4.10", "cwe:538", "cwe:312"],
  references: [
    {
      title: "Docker: .dockerignore files",
      url: "https://docs.docker.com/build/concepts/context/#dockerignore-files",
    },
    dockerBuildSecrets,
    cisDocker,
    cwe(538, "Insertion of sensitive information into externally-accessible file or directory"),
  ],
  reads: isCopy,
  messages: {
    secret: (names: string) => `This copies ${names} into the image, for everyone who can pull it to read`,
    maybe: (names: string) => `This copies ${names} into the image, and such files often hold credentials`,
    history: (names: string) => `This copies ${names} into the image, with all that was ever committed`,
    stage: (names: string) => `This copies ${names} into a stage, which the build cache keeps`,
  },
  bad: [
    {
      title: "the whole context, with an ignore file that forgets it",
      source: "FROM node:22\nWORKDIR /app\nCOPY «.» .\n",
      context: { dockerignore: "node_modules\n.git\n", files: [".env", ".git", "certs/server.key"] },
    },
    {
      title: "history, which one pattern for the insides would exclude",
      source: "FROM node:22\nCOPY «./» /app/\n",
      context: { dockerignore: "node_modules\nsub/.git/*\n", files: [".git", "sub/.git"] },
    },
    {
      title: "a folder, in JSON form, by a pattern and a variable; each file once",
      source:
        'FROM node:22\nARG DIR=c\nCOPY package.json «conf» /a/\nADD [«"./b/"», "/b"]\nCOPY «*.json» «$DIR/» /c/\nCOPY conf /d/\n',
      context: { dockerignore: "x\n", files: ["conf/.env", "b/id_rsa", "credentials.json", "c/d/key.pem"] },
    },
    {
      title: "no ignore file, and one folder",
      source: "FROM node:22\nCOPY «conf» /app/\n",
      context: { dockerignore: null, files: ["conf/.env", "other/.env"] },
    },
    {
      title: "let in again",
      source: "FROM node:22\nCOPY «.» .\n",
      context: { dockerignore: "*\n!src\n", files: [".env", "src/.env"] },
    },
    {
      title: "in a stage that is thrown away: what the final image does not take, of keys and credentials",
      source: "FROM golang:1.26 AS build\nCOPY «.» .\nFROM alpine:3.22\nCOPY «conf» /x/\n",
      context: { dockerignore: "x\n", files: ["conf/.env", ".env", ".git", ".npmrc"] },
    },
  ],
  good: [
    {
      title: "excluded, in several ways",
      source: "FROM node:22\nCOPY . .\nCOPY conf /x/\n",
      context: {
        dockerignore: "**/.env*\n!.env.example\n.git/*\n/conf/*.key\nkeys\n",
        files: [".env", "a/b/.env.local", ".git", "conf/x.key", "keys/id_rsa"],
      },
    },
    {
      title: "not taken",
      source:
        "FROM node:22 AS a\nCOPY src *.md /app/\nCOPY --from=a conf /x/\nCOPY --exclude=.env . .\nONBUILD COPY . .\nCOPY configs /c\nCOPY certs /usr/local/share/ca-certificates/\n",
      context: {
        dockerignore: "x\n",
        files: [".env", "conf/.env", "config/.env", "a/src/.env", "certs/x.pem"],
      },
    },
    {
      title: "reported by other rules: named, or without any ignore file",
      source: "FROM node:22\nCOPY .env conf/*.key conf/ca.pem /x/\nCOPY .ssh/ /root/.ssh/\nCOPY . .\n",
      context: { dockerignore: null, files: [".env", "conf/a.key", "conf/ca.pem", ".ssh/id_rsa", ".git"] },
    },
    {
      title: "made for tests, examples, certificates and what a build needs",
      source: "FROM node:22\nCOPY . .\n",
      context: {
        dockerignore: "x\n",
        files: ["test/server.key", "a/__fixtures__/.env", "chart/templates/secrets.yaml", ".yarnrc.yml"],
      },
    },
    {
      title: "history and settings in a stage that is thrown away",
      source: "FROM golang:1.26 AS build\nCOPY . .\nFROM scratch\nCOPY --from=build /x /x\n",
      context: { dockerignore: "x\n", files: [".git", ".npmrc", ".env.test"] },
    },
    { title: "nothing is known of the folder", source: "FROM node:22\nCOPY . .\n" },
  ],
  check(document, { facts, report, notChecked }) {
    const { contextNames, dockerignore } = facts;
    const present = exposedSecrets(facts);
    if (present.length === 0) {
      const gap = gapOf(contextNames);
      const whole = gap && sourcesOf(document, takesAll).find(({ isWhole }) => isWhole);
      if (whole) notChecked(gap, whole.source.span);
      return;
    }
    const sources = sourcesOf(document);
    const told = new Set<ContextSecret>();
    const found = sources.flatMap(({ source, text, intoImage }) => {
      const counts = (one: ContextSecret): boolean =>
        intoImage || (one.severity === "high" && !one.isHistory);
      const taken = present.filter(takenBy(text)).filter((one) => counts(one) && !told.has(one));
      for (const one of taken) told.add(one);
      const others = dockerignore.state === "absent" && isWholeContext(source.text);
      return taken.length === 0 || others ? [] : [{ taken, at: source.span, intoImage }];
    });
    const names = found.flatMap(({ taken }) => taken);
    for (const { taken, at, intoImage } of found) {
      const worst = taken[0]!;
      report(intoImage ? messageFor(worst) : "stage", [namesOf(taken)], {
        at,
        severity: intoImage ? worst.severity : "medium",
        related: exceptionFor(dockerignore, worst),
        fixes: dockerignore.state === "absent" ? ignoreFileFixes(names) : [],
      });
    }
  },
});

interface TakenSource {
  readonly source: CopySource;
  /** After expansion. */
  readonly text: string;
  readonly isWhole: boolean;
  readonly intoImage: boolean;
}

/** Why not all of the build context is known. */
function gapOf(names: Facts["contextNames"]): string | undefined {
  if (names.state === "unknown") return `the files in the build context are not known: ${names.reason}`;
  if (names.state === "known" && !names.value.complete)
    return "the build context is large: only a part of its folders was searched";
  return undefined;
}

/** Whether a COPY may take the whole context. */
function takesAll(copy: CopyInstruction): boolean {
  return contextSources(copy).some(({ text }) => contextPath(text).parts.length === 0);
}

/**
 * The sources that take from the context of this build what they do not name, those for the final image first.
 * @param counts which instructions are looked at; all where it is missing
 */
function sourcesOf(
  document: DockerfileDocument,
  counts: (copy: CopyInstruction) => boolean = () => true,
): readonly TakenSource[] {
  const kept = finalStages(document);
  const sources = instructionsOf(document).flatMap((copy) => {
    if ((copy.keyword !== "COPY" && copy.keyword !== "ADD") || copy.onbuild || !counts(copy)) return [];
    if (copy.flags.some(({ name }) => name === "exclude") || isForPackages(copy.destination?.text ?? ""))
      return [];
    const byName = new Set(secretSources(copy).map(({ source }) => source));
    return contextSources(copy).flatMap(({ source, text }): readonly TakenSource[] => {
      if (byName.has(source)) return [];
      const isWhole = contextPath(text).parts.length === 0;
      return [{ source, text, isWhole, intoImage: kept.has(copy.stageIndex) }];
    });
  });
  return [...sources.filter(({ intoImage }) => intoImage), ...sources.filter(({ intoImage }) => !intoImage)];
}

function messageFor({ severity, isHistory }: ContextSecret): "history" | "secret" | "maybe" {
  if (isHistory) return "history";
  return severity === "high" ? "secret" : "maybe";
}

/** The line that lets a file in again. */
function exceptionFor(dockerignore: Fact<IgnoreFile>, secret: ContextSecret): readonly Related[] {
  if (dockerignore.state !== "known") return [];
  const { text, path } = dockerignore.value;
  const pattern = decidingPattern(text)(secret);
  return pattern === undefined ? [] : [{ message: "The exception", span: patternSpan(text, pattern), path }];
}

/** Names with characters that mean something in an ignore file are not written for the user. */
function ignoreFileFixes(secrets: readonly ContextSecret[]): readonly Fix[] {
  const names = secrets.map(({ path }) => path).sort();
  if (!names.every((name) => /^[\w.@+-][\w./@+-]{0,300}$/.test(name))) return [];
  const creates = { path: ".dockerignore", text: `${names.join("\n")}\n` };
  return [
    { title: "Create a .dockerignore that leaves these files out", safety: "unsafe", edits: [], creates },
  ];
}

function isCopy({ keyword }: Instruction): boolean {
  return keyword === "COPY" || keyword === "ADD";
}
