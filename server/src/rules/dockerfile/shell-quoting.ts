import type { DockerfileDocument, RunInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { hasCommand } from "../../documents/shell/remember";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { type EmptyVariableRisk, emptyVariableRisks } from "../shared/emptyVariables";
import { cwe } from "../shared/references";
import { environmentAt } from "../shared/runStates";
import { shorten } from "../shared/shorten";
import { instructionsOf } from "../shared/stages";

export default defineRule({
  id: "shell-quoting",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["RUN"], words: ["$"] },
  title: "A variable that may be empty does not change what a command means",
  why: `An ARG without a default is empty where nobody gives it a value. The shell then leaves nothing in its place:

- \`rm -rf $DIR/*\` deletes \`/*\`; with \`\${DIR:?}\` it fails instead;
- \`[ $A = b ]\` becomes \`[ = b ]\`, which is an error that \`if\` takes for "no"; quotes keep it a comparison;
- \`[ -n $A ]\` becomes \`[ -n ]\`, which is always true.

These three are reported, for an ARG that nothing in the file gives a value, and nothing else about quotes: in a build whose
values are known they seldom matter. The fix quotes the variable or writes \`:?\`; it is not called safe, since the
step may then take the other branch, or fail.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["hadolint:SC2115", "hadolint:SC2070", "hadolint:SC2086", "sonar:S6570", "sonar:S6573", "cwe:78"],
  references: [
    {
      title: "POSIX: parameter expansion",
      url: "https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_06_02",
    },
    cwe(78, "Improper neutralization of special elements used in an OS command"),
  ],
  messages: {
    root: (name: string) => `Where ${name} is empty, this deletes what lies directly under the root folder`,
    always: (name: string) =>
      `This is true even where ${name} is empty, since an unquoted nothing is no word`,
    broken: (name: string) =>
      `Where ${name} is empty, this is no comparison but an error that counts as false`,
  },
  bad: [
    {
      title: "deleting",
      source:
        'FROM debian:12\nARG DIR\nARG X Y\nRUN rm -rf «$DIR/*»\nRUN rm -fr «"${X}/"*» && sudo rm -r -f «"$Y/lib"»\n',
      fixed:
        'FROM debian:12\nARG DIR\nARG X Y\nRUN rm -rf ${DIR:?}/*\nRUN rm -fr "${X:?}/"* && sudo rm -r -f "${Y:?}/lib"\n',
    },
    {
      title: "comparing",
      source:
        "FROM debian:12\nARG MODE\nRUN if [ «$MODE» = dev ]; then make dev; fi\nRUN test «${MODE}» != dev \\\n  && [ -n «$MODE» ] && make\n",
      fixed:
        'FROM debian:12\nARG MODE\nRUN if [ "$MODE" = dev ]; then make dev; fi\nRUN test "${MODE}" != dev \\\n  && [ -n "$MODE" ] && make\n',
    },
  ],
  good: [
    {
      title: "variables with a value",
      source:
        "FROM debian:12\nARG MODE=prod\nENV DIR=/x\nRUN rm -rf $DIR/* $HOME/* && [ $MODE = dev ]; X=$(mktemp -d); rm -r $X/*; for i in a b; do rm -r $i/*; done\n",
    },
    { title: "of the base image", source: "FROM golang:1.26\nRUN rm -rf $GOPATH/src && [ $JAVA = x ]\n" },
    { title: "set by the builder", source: "FROM debian:12\nARG TARGETARCH\nRUN [ $TARGETARCH = arm64 ]\n" },
    {
      title: "quoted, with :?, or a part of a path",
      source:
        'FROM debian:12\nARG A\nRUN [ "$A" = b ] && [ -n "${A}" ] && [ -z $A ] && rm -rf "${A:?}/"* $A/cache/x /tmp/$A/* && [ x$A = xb ]\n',
    },
    {
      title: "bash's own test",
      source: 'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nARG A\nRUN [[ $A = b ]] && [[ -n $A ]]\n',
    },
  ],
  check(document, { report }) {
    for (const run of instructionsOf(document)) {
      if (run.keyword !== "RUN" || !hasCommand(run.script, isRisky)) continue;
      const isEmpty = emptinessIn(document, run);
      for (const command of run.script.commands) {
        for (const { kind, word, name } of emptyVariableRisks(command)) {
          if (!isEmpty(name)) continue;
          report(kind, [shorten(name)], { at: word.span, fixes: fixesOf(kind, word) });
        }
      }
    }
  },
});

function isRisky(command: ShellCommand): boolean {
  return emptyVariableRisks(command).length > 0;
}

/** Tells of a variable whether it has no value, as far as the file tells: an ARG without one that the step does not set. */
function emptinessIn(document: DockerfileDocument, run: RunInstruction): (name: string) => boolean {
  const environment = environmentAt(document, run);
  let given: ReadonlySet<string> | undefined;
  return (name) => {
    const expansion = environment.get(name);
    if (expansion === undefined || setByBuilder.test(name)) return false;
    if (expansion.state === "known" && expansion.value !== "") return false;
    given ??= namesSetBy(document, run);
    return !given.has(name);
  };
}

/** The variables that the commands of a step set. */
function namesSetBy({ text }: DockerfileDocument, { script, span }: RunInstruction): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { assignments, program, arguments: words } of script.commands) {
    for (const { name } of assignments) names.add(name);
    if (/^(?:read|getopts|mapfile)$/.test(program)) for (const word of words) names.add(word.text);
  }
  const loops = text.slice(span.start, span.end).matchAll(/\bfor[ \t]{1,9}(\w{1,100})[ \t]{1,9}in\b/g);
  for (const [, name = ""] of loops) names.add(name);
  return names;
}

const setByBuilder = /^(?:HOME|PWD|PATH|USER|HOSTNAME|(?:TARGET|BUILD)(?:ARCH|OS|PLATFORM|VARIANT))$/;

function fixesOf(kind: EmptyVariableRisk["kind"], { exact, span, text }: ShellWord): readonly Fix[] {
  if (!exact || text.length !== span.end - span.start) return [];
  if (kind !== "root")
    return [{ title: "Quote the variable", safety: "unsafe", edits: [replaceSpan(span, `"${text}"`)] }];
  const required = text.replace(/\$\{?(\w+)\}?/, (_, name: string) => `\${${name}:?}`);
  return [
    { title: "Fail where the variable is empty", safety: "unsafe", edits: [replaceSpan(span, required)] },
  ];
}
