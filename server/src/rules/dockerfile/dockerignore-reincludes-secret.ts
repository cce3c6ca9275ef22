import type { CopySource, DockerfileDocument, Instruction } from "../../documents/dockerfile/model";
import { defineRule } from "../../engine/rule";
import { secretFileSeverity } from "../../knowledge/secretFileNames";
import { contextSecrets, decidingPattern } from "../shared/contextSecrets";
import {
  exampleOf,
  type IgnorePattern,
  ignorePatterns,
  isIgnoredBy,
  patternSpan,
} from "../shared/ignorePatterns";
import { cisDocker, cwe } from "../shared/references";
import { shorten } from "../shared/shorten";
import { finalStages } from "../shared/stages";

export default defineRule({
  id: "dockerignore-reincludes-secret",
  language: "dockerfile",
  needs: { keywords: ["COPY", "ADD"] },
  title: "No exception in the ignore file lets a secret back into what COPY . takes",
  why: `In a \`.dockerignore\` the last line that matches wins. \`!.env\`, or an exception as wide as \`!.*\` below a line
that excluded the secret, lets it in again, and \`COPY . .\` puts it into a layer, for everyone who can pull the image.

Delete the exception, write it for just the files that are needed (\`!.env.example\`), or repeat the exclusion below it.

Reported at the instruction that takes the whole context, with the place in the ignore file, where an exception
matches a file that is a secret by its name and no later line excludes it again. Where the ignore file is not known,
nothing is said; where such a file is really there, \`context-contains-sensitive-files\` says so. There is no fix, since the ignore file is another file.`,
  category: "secrets",
  marksNoSecret: true,
  severity: "medium",
  profiles: ["recommended", "cis"],
  since: "0.1.0",
  aliases: ["cis:4.10", "cwe:538"],
  references: [
    {
      title: "Docker: .dockerignore files",
      url: "https://docs.docker.com/build/concepts/context/#dockerignore-files",
    },
    cisDocker,
    cwe(538, "Insertion of sensitive information into externally-accessible file or directory"),
  ],
  reads: isCopy,
  messages: {
    included: (line: string, name: string) =>
      `Line ${line} of the ignore file lets ${name} back in, and this takes it into the image, if it is there`,
  },
  bad: [
    {
      title: "an exception for the secret itself",
      source: "FROM node:22\nCOPY «.» .\n",
      context: { dockerignore: "*\n!src\n!.env\n" },
    },
    {
      title: "a wide exception below the exclusion",
      source: "FROM node:22\nWORKDIR /app\nCOPY «./» /app/\nCOPY . /y\n",
      context: { dockerignore: "# secrets\n**/.npmrc\n/config/*.pem\n!config\n" },
    },
  ],
  good: [
    {
      title: "an example",
      source: "FROM node:22\nCOPY . .\n",
      context: { dockerignore: ".env*\n!.env.example\n!src/**\n" },
    },
    {
      title: "excluded again",
      source: "FROM node:22\nCOPY . .\n",
      context: { dockerignore: "*\n!config\n!.env\n.env\nconfig/*.pem\n" },
    },
    {
      title: "the context is not copied as a whole",
      source: "FROM node:22\nCOPY src /app\nCOPY --from=x . .\n",
      context: { dockerignore: "*\n!.env\n" },
    },
    {
      title: "the file is there, which another rule reports",
      source: "FROM node:22\nCOPY . .\n",
      context: { dockerignore: "*\n!src\n!.env\n", files: [".env"] },
    },
    { title: "no ignore file is known", source: "FROM node:22\nCOPY . .\n" },
    { title: "no ignore file", source: "FROM node:22\nCOPY . .\n", context: { dockerignore: null } },
  ],
  check(document, { facts, report }) {
    if (facts.dockerignore.state !== "known" || !facts.dockerignore.value.text.includes("!")) return;
    const source = wholeContext(document);
    if (source === undefined) return;
    const { path, text } = facts.dockerignore.value;
    const found = reincluded(ignorePatterns(text));
    if (found === undefined) return;
    const { exception, name } = found;
    const decides = decidingPattern(text);
    if (contextSecrets(facts.contextNames).some((secret) => decides(secret)?.line === exception.line)) return;
    report("included", [`${exception.line + 1}`, shorten(name, 32)], {
      at: source.span,
      related: [{ message: "The exception", span: patternSpan(text, exception), path }],
    });
  },
});

/** The first source in the final image that is the context as a whole. */
function wholeContext(document: DockerfileDocument): CopySource | undefined {
  const kept = finalStages(document);
  for (const copy of document.instructions) {
    if ((copy.keyword !== "COPY" && copy.keyword !== "ADD") || copy.from !== undefined) continue;
    if (!kept.has(copy.stageIndex) || copy.flags.some(({ name }) => name === "exclude" || name === "from"))
      continue;
    const source = copy.sources.find(({ text }) => /^(?:\.\/?|\/|\*|\.\/\*)$/.test(text));
    if (source !== undefined) return source;
  }
  return undefined;
}

/** The exception that lets a secret in, and that secret. */
function reincluded(
  patterns: readonly IgnorePattern[],
): { readonly exception: IgnorePattern; readonly name: string } | undefined {
  for (const [index, exception] of patterns.entries()) {
    if (!exception.negated) continue;
    const excluded = patterns.slice(0, index).filter(({ negated }) => !negated);
    const names = [exampleOf(exception), ...excluded.map(exampleOf)].filter(
      (name) => secretFileSeverity(name) !== undefined && isIgnoredBy(exception, name),
    );
    const name = names.find(
      (one) => !patterns.slice(index + 1).some((later) => !later.negated && isIgnoredBy(later, one)),
    );
    if (name !== undefined && excluded.some((one) => isIgnoredBy(one, name))) return { exception, name };
  }
  return undefined;
}

function isCopy({ keyword }: Instruction): boolean {
  return keyword === "COPY" || keyword === "ADD";
}
