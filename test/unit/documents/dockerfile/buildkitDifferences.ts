/**
 * Files that BuildKit refuses and that are modelled here all the same, with BuildKit's message.
 *
 * The reason is one for all: an editor shows half-typed files and an audit meets broken ones, so a refusal
 * becomes a problem and the rest of the file keeps its model. There is no file that both accept and that
 * they read differently.
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
