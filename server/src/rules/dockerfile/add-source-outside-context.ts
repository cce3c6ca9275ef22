import type { CopySource, DockerfileDocument } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { contextPath, contextSources } from "../shared/contextPaths";
import { cwe, dockerfileReference } from "../shared/references";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "add-source-outside-context",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["COPY", "ADD"], words: ["..", "~", "$", "home", "users"] },
  title: "What is copied lies in the build context",
  why: `A builder sees nothing but the build context. \`..\` at its top is dropped without a word: \`COPY ../shared .\`
takes the folder \`shared\` of the context itself, if there is one, and otherwise the build fails; older builders refuse
it. \`/home/me/key\` and \`~/key\` are looked for in the context too, and never in the home folder of the machine.

Build from a folder that holds both (\`docker build -f app/Dockerfile .\`), or name the other folder for the build
(\`--build-context shared=../shared\`, \`additional_contexts\` in Compose) and write \`COPY --from=shared\`.

Other absolute paths are not reported, since they are a way to write paths in the context. The fix writes the path
that builders make of one that leads above the context. It builds the same image and shows what is taken; another
file has to be brought into the context first.`,
  category: "hygiene",
  severity: "low",
  profiles: [],
  since: "0.1.0",
  aliases: ["dockerfilelint:add_src_invalid", "cwe:22"],
  references: [
    dockerfileReference("COPY and ADD from the build context", "adding-files-from-the-build-context"),
    cwe(22, "Improper limitation of a pathname to a restricted directory"),
  ],
  messages: {
    above: () =>
      "Builders drop what leads above the build context, so this takes another file or none at all",
    home: () => "This is looked for in the build context, not in a home folder of the machine that builds",
  },
  bad: [
    {
      title: "above the context",
      source:
        'FROM node:22\nCOPY «../shared» /app/\nADD package.json «./src/../../x» /app/\nCOPY [«".."», "/app"]\nONBUILD COPY «../» .\n',
      fixed:
        'FROM node:22\nCOPY shared /app/\nADD package.json x /app/\nCOPY [".", "/app"]\nONBUILD COPY . .\n',
    },
    {
      title: "a home folder",
      source:
        "FROM node:22\nCOPY «~/.npmrc» .\nCOPY --chown=node «/home/me/app» «/Users/me/x» .\nADD «C:/Users/me/x» .\nCOPY «$HOME/x» .\n",
    },
  ],
  good: [
    {
      title: "in the context",
      source: "FROM node:22\nCOPY src/../lib ./a/../b /src/app /app\nCOPY home/me .\n",
    },
    {
      title: "another context, an address, a file written here",
      source:
        "FROM node:22 AS a\nCOPY --from=a ../x /home/me/x .\nADD https://example.com/../x git@github.com:a/b.git .\nCOPY <<EOF ../x\nEOF\n",
    },
    { title: "not known", source: "FROM node:22\nCOPY $DIR/x .\nRUN cp ../x .\n" },
  ],
  check(document, { report }) {
    for (const copy of instructionsOf(document)) {
      if (copy.keyword !== "COPY" && copy.keyword !== "ADD") continue;
      for (const { source, text } of contextSources(copy)) {
        if (/^(?:~|\$HOME|\$\{HOME\}|(?:[a-z]:)?[/\\](?:home|users)[/\\][^/\\]{1,99})(?:[/\\]|$)/i.test(text))
          report("home", [], { at: source.span });
        else if (contextPath(text).leaves)
          report("above", [], { at: source.span, fixes: withinFixes(document, source, text) });
      }
    }
  },
});

/** The path that builders make of it: what leads above the context is dropped. */
function withinFixes({ text }: DockerfileDocument, { span }: CopySource, path: string): readonly Fix[] {
  const { parts } = contextPath(path);
  const written = text.slice(span.start, span.end);
  const quote = /^["']/.exec(written)?.[0] ?? "";
  if (written !== `${quote}${path}${quote}` || /[\\$]/.test(path)) return [];
  const within = `${parts.join("/") || "."}${parts.length > 0 && path.endsWith("/") ? "/" : ""}`;
  const edits = [replaceSpan(span, `${quote}${within}${quote}`)];
  return [{ title: "Write the path that builders make of it", safety: "safe", edits }];
}
