import type { DockerfileDocument, RunInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { findOption, operandsOf, valueOfOption } from "../../documents/shell/queries";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { insertAt, replaceSpan } from "../../text/edit";
import { spanOf } from "../../text/span";
import { fillIn } from "../shared/fillIn";
import { gitPinOf } from "../shared/gitReferences";
import { commandsMentioning, runs } from "../shared/mentions";
import { cwe } from "../shared/references";

export default defineRule({
  id: "git-clone-unpinned",
  language: "dockerfile",
  needs: { keywords: ["RUN"], words: ["clone"] },
  title: "Sources are cloned at a fixed version",
  why: `\`git clone\` without a version takes whatever the default branch holds at that moment. A build from the same
commit of yours is another image next week, a broken change of somebody else breaks it, and whoever gets hold of the
account is in the next build. A layer cache makes it worse: it keeps an old state that nobody can name.

Check out a commit: \`git clone … /src && git -C /src checkout <commit>\`, or with BuildKit
\`ADD https://example.com/app.git#<commit> /src\`. A tag (\`--branch v1.2\`) is fair; it can be moved, so compare
\`git rev-parse HEAD\` where it matters.

A clone is not reported if a later command of its stage checks out, resets or fetches a certain state, or where its
branch is named by a version or a variable. The fix leaves a place for a tag, since the version is for you to say.`,
  category: "supply-chain",
  severity: "low",
  profiles: ["strict"],
  since: "0.1.0",
  aliases: ["cis:4.11", "cwe:1357"],
  references: [
    { title: "git: clone", url: "https://git-scm.com/docs/git-clone" },
    cwe(1357, "Reliance on insufficiently trustworthy component"),
  ],
  reads: (instruction) => runs(instruction, isGit),
  messages: {
    unpinned: () => "The default branch is cloned as it is at that moment, so others' changes get in unseen",
    branch: () => "This branch is cloned as it is at that moment, so others' changes get in unseen",
  },
  bad: [
    {
      title: "the default branch",
      source:
        "FROM debian:12\nRUN «git clone https://example.com/a.git» && cd a && make\nRUN «git clone --depth 1 https://example.com/b.git /b»\n",
      fixed:
        "FROM debian:12\nRUN git clone --branch v0.0.0 https://example.com/a.git && cd a && make\nRUN git clone --branch v0.0.0 --depth 1 https://example.com/b.git /b\n",
    },
    {
      title: "a branch that moves",
      source:
        "FROM debian:12\nRUN «git clone -b main https://example.com/a.git» && «git clone --branch=develop https://example.com/b.git»\n",
      fixed:
        "FROM debian:12\nRUN git clone -b v0.0.0 https://example.com/a.git && git clone --branch=v0.0.0 https://example.com/b.git\n",
    },
  ],
  good: [
    {
      title: "a tag",
      source:
        "FROM debian:12\nRUN git clone --depth 1 --branch v1.2 https://example.com/a.git && git clone -b $V https://example.com/b.git\n",
    },
    {
      title: "a commit, in the same step or later",
      source:
        "FROM debian:12\nRUN git clone https://example.com/a.git && cd a && git checkout 0123456\nRUN git clone https://example.com/b.git\nRUN git -C b reset --hard $COMMIT\n",
    },
    { title: "a local folder", source: "FROM debian:12\nRUN git clone /src /app && git clone ./a b\n" },
    {
      title: "text",
      source: 'FROM debian:12\n# git clone https://example.com/a.git\nRUN echo "git clone https://x"\n',
    },
  ],
  check(document, { report }) {
    for (const { instruction, command } of commandsMentioning(document, ["clone"], clonesMovingState, [
      "RUN",
    ])) {
      if (instruction.keyword !== "RUN" || settlesLater(document, instruction, command)) continue;
      const start = command.unwrapped.name?.span.start ?? command.span.start;
      const end = command.unwrapped.arguments.at(-1)?.span.end ?? command.span.end;
      report(branchOf(command) === undefined ? "unpinned" : "branch", [], {
        at: { start, end },
        fixes: tagFixes(command),
      });
    }
  },
});

function clonesMovingState(command: ShellCommand): boolean {
  if (!clonesRemote(command)) return false;
  const pin = gitPinOf(branchOf(command));
  return pin === "none" || pin === "branch";
}

function clonesRemote({ unwrapped }: ShellCommand): boolean {
  if (unwrapped.program !== "git") return false;
  const [verb, address] = operandsOf(unwrapped);
  if (verb?.value !== "clone" || address === undefined) return false;
  return /^(?:https?|git|ssh):\/\/|^[\w.-]{1,100}@[\w.-]{1,200}:/.test(address.literalPrefix);
}

/** Has a tag cloned that the user fills in; none where the branch is not a word or value of its own. */
function tagFixes({ unwrapped }: ShellCommand): readonly Fix[] {
  const option = findOption(unwrapped, "b", "branch");
  const title = "Write a tag that you fill in";
  if (option === undefined) {
    const verb = operandsOf(unwrapped)[0];
    return fillIn(title, ["v0.0.0"], verb?.exact ? insertAt(verb.span.end, " --branch v0.0.0") : undefined);
  }
  const { value, valueWord } = option;
  if (!valueWord?.exact || value === undefined || !valueWord.text.endsWith(value)) return [];
  const { end } = valueWord.span;
  return fillIn(title, ["v0.0.0"], replaceSpan(spanOf(end - value.length, end), "v0.0.0"));
}

/** As written, so that a variable can be told from a name. */
function branchOf({ unwrapped }: ShellCommand): string | undefined {
  if (valueOfOption(unwrapped, "", "revision") !== undefined) return "$";
  const option = findOption(unwrapped, "b", "branch");
  return option && (option.value ?? option.valueWord?.text ?? "$");
}

/** Whether a later command of the stage brings a certain state. */
function settlesLater(document: DockerfileDocument, clone: RunInstruction, command: ShellCommand): boolean {
  const { commands } = clone.script;
  if (commands.slice(commands.indexOf(command) + 1).some(settles)) return true;
  const instructions = document.stages[clone.stageIndex]?.instructions ?? [];
  const at = instructions.indexOf(clone);
  return at >= 0 && instructions.slice(at + 1).some((instruction) => runs(instruction, settles));
}

function settles({ unwrapped }: ShellCommand): boolean {
  if (unwrapped.program !== "git") return false;
  const [verb, state] = operandsOf(unwrapped);
  return state !== undefined && /^(?:checkout|reset|switch|fetch|rev-parse)$/.test(verb?.value ?? "");
}

function isGit({ unwrapped }: ShellCommand): boolean {
  return unwrapped.program === "git";
}
