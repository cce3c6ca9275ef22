/** The structure of one instruction as both parsers give it; lines count from 0. */
export interface Structure {
  readonly keyword: string;
  readonly start: number;
  readonly end: number;
  readonly flags: readonly string[];
}

/** A class of disagreements with dockerfile-ast 0.7.1, in each of which BuildKit agrees with us. */
export interface Difference {
  readonly name: string;
  readonly reason: string;
  /** Whether the first two instructions that differ belong to this class. */
  explains(ours: Structure | undefined, theirs: Structure | undefined, text: string): boolean;
}

export const astDifferences: readonly Difference[] = [
  {
    name: "quoted flag value",
    reason: 'BuildKit takes the quotes off a flag: --chown="a:b" is --chown=a:b; dockerfile-ast keeps them.',
    explains: (ours, theirs) =>
      ours !== undefined &&
      theirs !== undefined &&
      ours.start === theirs.start &&
      ours.flags.join("\n") === theirs.flags.join("\n").replaceAll(/["']/g, "") &&
      ours.flags.join("\n") !== theirs.flags.join("\n"),
  },
  {
    name: "flags of an instruction without flags",
    reason:
      "BuildKit splits flags off any instruction and refuses them later; dockerfile-ast leaves them in the arguments.",
    explains: (ours, theirs) =>
      ours !== undefined &&
      theirs !== undefined &&
      ours.start === theirs.start &&
      ours.flags.length > 0 &&
      theirs.flags.length === 0,
  },
  {
    name: "end of flags",
    reason: "`--` ends the flags; dockerfile-ast calls it a flag without a name.",
    explains: (ours, theirs) =>
      ours !== undefined &&
      theirs !== undefined &&
      ours.start === theirs.start &&
      [...ours.flags, "--"].join("\n") === theirs.flags.join("\n"),
  },
  {
    name: "escape on a line of its own",
    reason: "BuildKit joins it with the next line; dockerfile-ast makes it an instruction.",
    explains: (ours, theirs) => theirs?.keyword === "\\" && ours !== undefined && ours.start === theirs.start,
  },
  {
    name: "doubled escape at the end of a line",
    reason:
      "An escape character right before it makes it an ordinary one; dockerfile-ast swallows the next instruction.",
    explains: (ours, theirs, text) =>
      ours !== undefined &&
      theirs !== undefined &&
      ours.start === theirs.start &&
      theirs.end > ours.end &&
      /\\\\\s*$/.test(text.split("\n")[ours.end] ?? ""),
  },
  {
    name: "continuation at the end of the text",
    reason:
      "Nothing follows the line break, so that there is no further line to BuildKit; dockerfile-ast counts one.",
    explains: (ours, theirs, text) =>
      ours !== undefined &&
      theirs !== undefined &&
      ours.start === theirs.start &&
      theirs.end === ours.end + 1 &&
      text.split("\n").length - 1 === theirs.end,
  },
];

/** Why dockerfile-ast misses the comment on the first line: to it, any `# name=value` there is a directive. */
export const firstLineLooksLikeDirective = /^#\s*[A-Za-z][^\n=]*=/;
