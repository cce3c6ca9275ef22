import { profiles } from "../../engine/config";
import type { Fix } from "../../engine/finding";
import { nearestName } from "../../engine/nearestName";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";

export default defineRule({
  id: "unresolved-extends",
  language: "configuration",
  title: "Everything that the configuration extends can be read",
  why: `\`extends:\` takes over what another configuration says. Where that one cannot be read, its rules, exceptions and
approved images are missing, and the result looks like one of the policy that was meant.

A file is named from the folder of this one on (\`../plimsoll.yaml\`) and must lie in the repository, a package must be
installed in \`node_modules\` of the repository, and no configuration may extend itself. Nothing is ever fetched.

By hand: correct the name, install the package, or take the entry out.`,
  category: "configuration",
  severity: "high",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: [],
  references: [],
  messages: {
    problem: (text: string) => `This is not extended: ${text}`,
    near: (text: string, near: string) => `This is not extended: ${text}; perhaps ${near} is meant`,
  },
  bad: [
    {
      title: "a file that is not there",
      source: "extends: «../policy.yaml»\n",
      context: { extended: [{ text: "../policy.yaml", problem: "it does not exist" }] },
    },
    {
      title: "a package that is not installed, after one that is",
      source: 'extends: [strict, "@acme/base", «"@acme/policy"»]\n',
      context: {
        extended: [
          { text: "strict", problem: undefined },
          { text: "@acme/base", problem: undefined },
          { text: "@acme/policy", problem: "there is no such package in node_modules, and no such profile" },
        ],
      },
    },
    {
      title: "a slip in the name of a profile",
      source: "extends: [«recomended»]\n",
      fixed: "extends: [recommended]\n",
      context: {
        extended: [
          { text: "recomended", problem: "there is no such package in node_modules, and no such profile" },
        ],
      },
    },
  ],
  good: [
    { title: "a profile", source: "extends: strict\n" },
    {
      title: "a file that is there",
      source: "extends: ../plimsoll.yaml\n",
      context: { extended: [{ text: "../plimsoll.yaml", problem: undefined }] },
    },
  ],
  check(document, { facts, report, notChecked }) {
    for (const { kind, text, span } of document.extended) {
      if (kind === "profile") continue;
      const fact = facts.extended?.find((candidate) => candidate.text === text);
      if (fact === undefined) notChecked("whether this can be extended is not known", span);
      else if (fact.problem !== undefined) {
        const near = nearestName(text, profiles);
        if (near === undefined) report("problem", [fact.problem], { at: span });
        else {
          const edits = [replaceSpan(span, near)];
          const fixes: readonly Fix[] = [{ title: `Write ${near}`, safety: "unsafe", edits }];
          report("near", [fact.problem, near], { at: span, fixes });
        }
      }
    }
  },
});
