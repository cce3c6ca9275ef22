/**
 * Files that BuildKit refuses and that are modelled here all the same, with BuildKit's message.
 *
 * The reason is one for all: an editor shows half-typed files and an audit meets broken ones, so a refusal
 * becomes a problem and the rest of the file keeps its model. What both accept they read alike, but for
 * `readOtherwise`.
 */
export const refusedByBuildkit: ReadonlyMap<string, string> = new Map([
  ["heredocArith2", "unterminated heredoc"],
  ["jsonNum", "when using JSON array syntax, arrays must be comprised of strings only"],
  [
    "dockerfile/moby__buildkit/frontend__dockerfile__parser__testfiles-negative__env_no_value__Dockerfile",
    "ENV must have two arguments",
  ],
  [
    "dockerfile/moby__buildkit/frontend__dockerfile__parser__testfiles-negative__shykes-nested-json__Dockerfile",
    "when using JSON array syntax, arrays must be comprised of strings only",
  ],
]);

/** What both accept and read differently on purpose. */
export const readOtherwise: readonly {
  readonly text: string;
  readonly flag: string;
  readonly buildkit: string;
  readonly reason: string;
}[] = [
  {
    text: "FROM a\nCOPY --from=builé x y\n",
    flag: "builé",
    buildkit: "builÃ©",
    reason:
      "BuildKit takes each byte of a flag for a character, so that letters beyond ASCII come out wrong: a defect, and of no use to a reader",
  },
];
