import { defineRule } from "../../engine/rule";
import { contextPath, contextSources } from "../shared/contextPaths";
import { exclusionsIn } from "../shared/exclusions";
import { patternSpan } from "../shared/ignorePatterns";
import { dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "copy-ignored-file",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["COPY", "ADD"] },
  title: "What is copied by name is not excluded by the ignore file",
  why: `What \`.dockerignore\` excludes is not part of the build context, so a COPY or ADD that names it fails, or takes
less than it says where it names a folder.

Take the line out of the ignore file, add an exception below it (\`!dist/app.js\`), or copy what was meant.

Nothing is said of a folder that an exception may let part of in again, of the context as a whole, of triggers, which
see another build's context, or where the nearest ignore file lies in another folder, since it then may be another
build's. There is no fix: which of the two is wrong cannot be seen.`,
  category: "hygiene",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["buildkit:CopyIgnoredFile"],
  references: [
    {
      title: "Docker build check: CopyIgnoredFile",
      url: "https://docs.docker.com/reference/build-checks/copy-ignored-file/",
    },
    dockerfileReference("COPY", "copy"),
  ],
  messages: {
    ignored: (name: string, line: string) =>
      `Line ${line} of the ignore file excludes ${name}, so it is not there to be copied`,
  },
  bad: [
    {
      title: "files and folders",
      source: "FROM node:22\nCOPY «Dockerfile» .\nADD package.json «./dist/» «tmp/a.log» /app/\n",
      context: { dockerignore: "Dockerfile\n/dist\n**/*.log\n" },
    },
    {
      title: "below an excluded folder, in JSON form, by a pattern and a variable",
      source:
        'FROM node:22\nARG OUT=dist\nCOPY [«"dist/app.js"», "/app"]\nCOPY «$OUT/*.js» «a/tmp/x» «dist» /b/\n',
      context: { dockerignore: "dist\n!dist2\n*/tmp/*\n!src/x\n" },
    },
    {
      title: "excluded again",
      source: "FROM node:22\nCOPY «src/key.pem» src/main.js .\n",
      context: { dockerignore: "*\n!src\n**/*.pem\n" },
    },
  ],
  good: [
    {
      title: "let in again",
      source: "FROM node:22\nCOPY dist/app.js manage.py sub .\nCOPY . .\n",
      context: { dockerignore: "**\n!dist\n!*.py\n!sub/keep/*.txt\n" },
    },
    {
      title: "from elsewhere",
      source:
        "FROM node:22 AS a\nCOPY --from=a /dist /dist\nADD https://example.com/dist /\nCOPY <<dist /dist\ndist\nONBUILD COPY dist .\nCOPY $X/dist *.js .\n",
      context: { dockerignore: "dist\ndist.js\nhttps:\n" },
    },
    { title: "no ignore file", source: "FROM node:22\nCOPY dist .\n", context: { dockerignore: null } },
    { title: "no ignore file is known", source: "FROM node:22\nCOPY dist .\n" },
  ],
  check(document, { facts: { dockerignore }, report }) {
    if (dockerignore.state !== "known" || dockerignore.value.path.includes("/")) return;
    const exclusionOf = exclusionsIn(dockerignore.value.text);
    for (const copy of instructionsOf(document)) {
      if ((copy.keyword !== "COPY" && copy.keyword !== "ADD") || copy.onbuild) continue;
      for (const { source, text } of contextSources(copy)) {
        const pattern = source.expanded.state === "known" ? exclusionOf(contextPath(text).parts) : undefined;
        if (pattern === undefined) continue;
        const span = patternSpan(dockerignore.value.text, pattern);
        report("ignored", [shorten(text, 40), `${pattern.line + 1}`], {
          at: source.span,
          related: [{ message: "The exclusion", span, path: dockerignore.value.path }],
        });
      }
    }
  },
});
