import type { Dice } from "../dice";
import { knownLines } from "./examples";
import { shellText, shellWord } from "./shell";

const images =
  "debian|debian:12.5|node:latest|alpine:3.20@sha256:|scratch|build|one|$BASE|${BASE:-debian}|registry.example.org:5000/a/b:1|localhost/x|0|UPPER/Case:tag|a@sha256:b".split(
    "|",
  );
const flags: Readonly<Record<string, readonly string[]>> = {
  RUN: "--mount=type=secret,id=x|--mount=type=cache,target=/x|--mount=type=bind,from=one,source=.|--mount=type=ssh,required|--mount=|--network=host|--network=none|--security=insecure|--mount=type=secret,id=x,env=TOKEN,mode=0777".split(
    "|",
  ),
  COPY: "--from=one|--from=0|--from=debian:12|--from=$X|--chown=root:root|--chmod=777|--chmod=u+s|--link|--parents|--exclude=*.key|--from=".split(
    "|",
  ),
  ADD: "--chown=app|--chmod=0777|--checksum=sha256:abc|--keep-git-dir=true|--link|--unpack=true".split("|"),
  HEALTHCHECK: ["--interval=5s", "--timeout=", "--retries=0", "NONE", "--start-period=1m"],
  FROM: ["--platform=linux/amd64", "--platform=$BUILDPLATFORM", "--platform="],
};
const keywords =
  "FROM|RUN|RUN|RUN|COPY|ADD|ENV|ARG|USER|WORKDIR|EXPOSE|CMD|ENTRYPOINT|LABEL|VOLUME|SHELL|HEALTHCHECK|STOPSIGNAL|ONBUILD|MAINTAINER|from|Run|UNKNOWN|RUNX".split(
    "|",
  );
const names =
  "A|TOKEN|DB_PASSWORD|AWS_SECRET_ACCESS_KEY|PATH|HTTP_PROXY|NODE_ENV|BASE|VERSION|_|1X|A.B|A-B".split("|");
const paths =
  ". .. / /app ./x *.key .env id_rsa https://example.org/x.tgz git@github.com:a/b.git#main a.tar.gz $X ${X} \"a b\" 'c' [ ] é".split(
    " ",
  );
const comments =
  "# plimsoll-ignore sudo-in-run: needed|# hadolint ignore=DL3002,DL3004|# check=skip=all|# syntax=docker/dockerfile:1|# escape=`|#trivy:ignore:DS002|# plimsoll-ignore-file all|#|# TODO password|# nosemgrep|# plimsoll-ignore a until 2020-01-01: x".split(
    "|",
  );

/** A Dockerfile after BuildKit's grammar, with mistakes in it. */
export function dockerfileText(dice: Dice): string {
  const lines: string[] = dice.once(5) ? [dice.pick(comments)] : [];
  if (!dice.once(8))
    lines.push(
      `FROM ${dice.pick(images)}${dice.once(2) ? ` AS ${dice.pick(["one", "build", "Two", "$X"])}` : ""}`,
    );
  lines.push(...dice.some(1, 14, () => line(dice)));
  const lineBreak = dice.once(6) ? "\r\n" : "\n";
  return lines.join(lineBreak) + (dice.once(3) ? "" : lineBreak);
}

function line(dice: Dice): string {
  const kind = dice.below(12);
  if (kind === 0) return dice.pick(comments);
  if (kind <= 3) return dice.pick(knownLines("dockerfile"));
  if (kind === 4) return "";
  const text = instruction(dice, 0);
  return dice.once(8)
    ? text.replaceAll(" ", dice.pick([" \\\n ", "  ", "\t", " \\ \n", " \\\n# c\n "]))
    : text;
}

function instruction(dice: Dice, depth: number): string {
  const keyword = dice.pick(keywords);
  const known = flags[keyword.toUpperCase()];
  const given = known === undefined ? [] : dice.some(0, 2, () => dice.pick(known));
  return [keyword, ...given, body(dice, keyword.toUpperCase(), depth)].join(dice.once(20) ? "\t" : " ");
}

function body(dice: Dice, keyword: string, depth: number): string {
  switch (keyword) {
    case "FROM":
      return `${dice.pick(images)}${dice.once(2) ? ` ${dice.pick(["AS", "as", "As"])} ${dice.pick(["one", "two", "One", "a b", "${X}"])}` : ""}`;
    case "RUN":
    case "CMD":
    case "ENTRYPOINT":
    case "SHELL":
    case "VOLUME":
      if (dice.once(3)) return execForm(dice);
      if (dice.once(6)) return heredoc(dice);
      return shellText(dice);
    case "COPY":
    case "ADD":
      if (dice.once(6)) return execForm(dice);
      if (dice.once(6)) return heredoc(dice);
      return dice.some(1, 4, () => dice.pick(paths)).join(" ");
    case "ENV":
    case "ARG":
    case "LABEL":
      return dice
        .some(1, 4, () => `${dice.pick(names)}${dice.pick(["=", " ", "=", ""])}${value(dice)}`)
        .join(" ");
    case "ONBUILD":
      return depth > 3 ? "" : instruction(dice, depth + 1);
    case "HEALTHCHECK":
      return dice.pick(["NONE", `CMD ${shellText(dice)}`, "CMD", "curl -f http://localhost/"]);
    case "USER":
      return dice.pick([
        "root",
        "0",
        "0:0",
        "app",
        "1000:1000",
        "$USER_ID",
        "${X:-root}",
        "",
        "ROOT",
        '"app"',
      ]);
    case "EXPOSE":
      return dice
        .some(1, 3, () => dice.pick(["80", "22/tcp", "3000-4000/udp", "$PORT", "99999", "x"]))
        .join(" ");
    default:
      return dice.some(0, 3, () => shellWord(dice)).join(" ");
  }
}

function value(dice: Dice): string {
  return dice.pick([
    "x",
    '"a b"',
    "'c'",
    "$X",
    "${X:-y}",
    "${A}${A}",
    '"unclosed',
    "",
    "a\\ b",
    "postgres://u:secret@db/x",
    "true",
    `${"h"}unter2hunter2`,
    "${",
    "${X:-${Y:-${Z}}}",
    "é😀",
  ]);
}

function execForm(dice: Dice): string {
  const parts = dice.some(0, 4, () => JSON.stringify(dice.once(3) ? shellText(dice, 2) : shellWord(dice)));
  const text = `[${parts.join(dice.pick([", ", ",", " , "]))}]`;
  return dice.once(6) ? text.slice(0, dice.below(text.length + 1)) : text;
}

function heredoc(dice: Dice): string {
  const name = dice.pick(["EOF", "'EOF'", '"EOF"', "-EOF", "3EOF", "A"]);
  const end = dice.pick(["EOF", "EOF", "A", "\tEOF", ""]);
  return `<<${name} ${dice.pick(["", "/x", "sh", "<<B /y"])}\n${shellText(dice)}\n${end}`;
}
