import type { DockerfileDocument, Stage } from "../../documents/dockerfile/model";
import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { insertAt } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";
import { finalChain } from "../shared/stages";

export default defineRule({
  id: "python-env-defaults",
  language: "dockerfile",
  title: "Images for Python write their logs at once and no byte code",
  why: `Python keeps its output back when it writes to no terminal: the last lines before a crash, the ones that tell an
attack from a fault, are lost. \`PYTHONUNBUFFERED=1\` writes them at once. \`PYTHONDONTWRITEBYTECODE=1\` keeps Python
from writing \`.pyc\` files into a container, where the file system should be read-only anyway.

This is advice for services. A job that prints much is faster with a buffer, and byte code speeds up the start of large
programs: switch the rule off there. Only images that are built on Docker's own \`python\` are looked at.

The fix adds an ENV below FROM. It changes how the program writes, so it is not safe.`,
  category: "style",
  severity: "info",
  profiles: [],
  since: "0.1.0",
  aliases: ["droast:DF032"],
  references: [
    {
      title: "Python: environment variables",
      url: "https://docs.python.org/3/using/cmdline.html#environment-variables",
    },
  ],
  messages: { missing: (names: string) => `Python runs without ${names}` },
  bad: [
    {
      title: "both",
      source: 'FROM «python:3.13-slim»\nCMD ["python", "x.py"]\n',
      fixed:
        'FROM python:3.13-slim\nENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1\nCMD ["python", "x.py"]\n',
    },
    {
      title: "one of them; ARG is gone when the program runs",
      source:
        "FROM python:3.13 AS a\nENV PYTHONDONTWRITEBYTECODE 1\nFROM «a»\nARG PYTHONUNBUFFERED=1\nCMD x\n",
      fixed:
        "FROM python:3.13 AS a\nENV PYTHONDONTWRITEBYTECODE 1\nFROM a\nENV PYTHONUNBUFFERED=1\nARG PYTHONUNBUFFERED=1\nCMD x\n",
    },
  ],
  good: [
    { title: "both", source: "FROM python:3.13\nENV PYTHONUNBUFFERED=1 \\\n  PYTHONDONTWRITEBYTECODE=1\n" },
    {
      title: "no Python, and not Docker's",
      source: "FROM python:3.13 AS a\nRUN x\nFROM example.com/python:3\n",
    },
  ],
  check(document, { report }) {
    const stage = document.finalStage;
    const image = stage?.from.image;
    const target = stage?.base?.target;
    if (stage === undefined || image === undefined) return;
    if (target?.kind !== "image" || target.reference.name !== "docker.io/library/python") return;
    const set = variablesOf(document);
    const missing = ["PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"].filter((name) => !set.has(name));
    if (missing.length > 0)
      report("missing", [missing.join(" and ")], {
        at: image.span,
        fixes: fixesOf(document, stage, missing),
      });
  },
});

function variablesOf(document: DockerfileDocument): ReadonlySet<string> {
  return new Set(
    finalChain(document).flatMap(({ instructions }) =>
      instructions.flatMap((instruction) =>
        instruction.keyword === "ENV" ? instruction.assignments.map(({ name }) => name) : [],
      ),
    ),
  );
}

function fixesOf(document: DockerfileDocument, { from }: Stage, names: readonly string[]): readonly Fix[] {
  const text = `${lineBreakOf(document.text)}ENV ${names.map((name) => `${name}=1`).join(" ")}`;
  const title = `Set ${names.join(" and ")}`;
  return [{ title, safety: "unsafe", edits: [insertAt(from.span.end, text)] }];
}
