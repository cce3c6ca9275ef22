import { maxAuthorityLength } from "../../../ruleLimits";
import { rememberByLines } from "../../../text/rememberByLines";
import { movedSpan, type Span } from "../../../text/span";
import { findTokens } from "./tokens";
import { judgeValue, type ValueJudgement } from "./values";

/** A user name with a password, or a token, in front of a URL's host. All spans are offsets into the searched text. */
export interface UrlCredentials {
  /** Lower case, without `://`. */
  readonly scheme: string;
  /** Without port; empty where none is written. */
  readonly host: string;
  readonly userSpan: Span;
  /** Missing where the user part alone is a token. */
  readonly passwordSpan?: Span;
  /** The whole `scheme://user:password@host:port`. */
  readonly span: Span;
  /** What the password, or the token in its place, is. A reference or an empty one is never reported. */
  readonly grade: ValueJudgement;
}

/**
 * Finds `scheme://user:password@host` and `scheme://token@host`.
 *
 * Passwords that come from variables or templates are left out; those in the default of `${NAME:-…}` are not. The
 * words that documentation uses (`user:pass@host`, `<password>`) grade as placeholders.
 *
 * @param text anything; time is linear, and an authority longer than 1,000 characters is not looked at
 */
export const findUrlCredentials: (text: string) => readonly UrlCredentials[] = rememberByLines(
  credentialsIn,
  moved,
);

function moved(found: UrlCredentials, by: number): UrlCredentials {
  return {
    ...found,
    span: movedSpan(found.span, by),
    userSpan: movedSpan(found.userSpan, by),
    ...(found.passwordSpan === undefined ? {} : { passwordSpan: movedSpan(found.passwordSpan, by) }),
  };
}

function credentialsIn(text: string): readonly UrlCredentials[] {
  const found: UrlCredentials[] = [];
  let from = 0;
  // No credentials without an at sign: most URLs are passed over by where the next one stands.
  let atSign = text.indexOf("@");
  for (let at = text.indexOf("://", from); at >= 0; at = text.indexOf("://", from)) {
    from = at + 3;
    if (atSign >= 0 && atSign < from) atSign = text.indexOf("@", from);
    if (atSign < 0) break;
    if (atSign - from > maxAuthorityLength) continue;
    const scheme = schemeBefore(text, at);
    if (scheme === undefined || imageSchemes.has(scheme)) continue;
    const credentials = credentialsAt(text, at - scheme.length, at + 3, scheme);
    if (credentials) found.push(credentials);
  }
  return found;
}

/** Schemes whose at sign stands before a digest: `docker://node:22@sha256:…`. */
const imageSchemes: ReadonlySet<string> = new Set([
  "containers-storage",
  "docker",
  "docker-archive",
  "docker-image",
  "oci",
  "oci-archive",
  "oci-layout",
]);

function schemeBefore(text: string, end: number): string | undefined {
  const run = /(?<![A-Za-z0-9+.-])[A-Za-z0-9+.-]+$/.exec(text.slice(Math.max(0, end - 24), end))?.[0];
  return run?.replace(/^[^A-Za-z]+/, "").toLowerCase() || undefined;
}

function credentialsAt(
  text: string,
  start: number,
  from: number,
  scheme: string,
): UrlCredentials | undefined {
  const authority = text.slice(from, authorityEnd(text, from));
  const at = lastOutside(authority, "@");
  if (at === undefined) return undefined;
  const userInfo = authority.slice(0, at);
  const host = /^[^:]*/.exec(authority.slice(at + 1))?.[0] ?? "";
  const colon = firstOutside(userInfo, ":");
  const span = { start, end: from + authority.length };
  if (colon === undefined) {
    const grade = gradeOfLoneUser(userInfo);
    return grade && { scheme, host, userSpan: { start: from, end: from + at }, span, grade };
  }
  const user = userInfo.slice(0, colon);
  const password = userInfo.slice(colon + 1);
  const grade = gradeOfPassword(password, user, host);
  if (grade === "empty" || grade === "reference") return undefined;
  return {
    scheme,
    host,
    userSpan: { start: from, end: from + colon },
    passwordSpan: { start: from + colon + 1, end: from + at },
    span,
    grade,
  };
}

/** The end of an authority: the first character that cannot be in one, outside of `${…}`, `$(…)`, `{{…}}` and `<…>`. */
function authorityEnd(text: string, from: number): number {
  const last = Math.min(text.length, from + maxAuthorityLength);
  let index = from;
  while (index < last) {
    const closed = skipBracket(text, index, last);
    if (closed !== undefined) {
      index = closed;
      continue;
    }
    if (/[/?#\s"'`<>\\,;|(){}[\]]/.test(text[index] ?? "")) return index;
    index++;
  }
  return index;
}

/** The offset after a variable, template or placeholder that starts here and ends on this line, if one does. */
function skipBracket(text: string, index: number, last: number): number | undefined {
  const two = text.slice(index, index + 2);
  const [open, close] =
    two === "${" || two === "{{" ? ["{", "}"] : two === "$(" ? ["(", ")"] : two[0] === "<" ? ["<", ">"] : [];
  if (open === undefined || close === undefined) return undefined;
  let depth = 0;
  for (let at = index; at < Math.min(last, index + 200); at++) {
    const character = text[at];
    if (character === "\n") return undefined;
    if (character === open) depth++;
    if (character === close && --depth === 0) return at + 1;
  }
  return undefined;
}

function firstOutside(text: string, wanted: string): number | undefined {
  return offsetsOutside(text, wanted)[0];
}

function lastOutside(text: string, wanted: string): number | undefined {
  return offsetsOutside(text, wanted).at(-1);
}

/** Where a character stands outside of every bracket. */
function offsetsOutside(text: string, wanted: string): readonly number[] {
  const offsets: number[] = [];
  for (let index = 0; index < text.length; index++) {
    if (text[index] === wanted) offsets.push(index);
    const closed = skipBracket(text, index, text.length);
    if (closed !== undefined) index = closed - 1;
  }
  return offsets;
}

function gradeOfPassword(password: string, user: string, host: string): ValueJudgement {
  const grade = judgeValue(password, `${user}_password`);
  if (grade === "empty" || grade === "reference" || grade === "placeholder") return grade;
  if (exampleHosts.has(host) || documentedPasswords.has(password) || /^\*+$/.test(password))
    return "placeholder";
  if (isOpening(grade)) return grade;
  // Whatever else it looks like, this place holds a password.
  return "literal";
}

function isOpening(grade: ValueJudgement): boolean {
  return grade === "weak-default" || grade === "literal" || grade === "random";
}

/** A user without a password is a secret only where it is a token: `https://ghp_…@github.com`. */
function gradeOfLoneUser(user: string): ValueJudgement | undefined {
  if (findTokens(user).length > 0) return "random";
  const grade = user.length >= 20 ? judgeValue(user, "token") : undefined;
  return grade === "random" ? grade : undefined;
}

const exampleHosts: ReadonlySet<string> = new Set([
  "example.com",
  "example.org",
  "example.net",
  "host",
  "hostname",
  "server",
]);
const documentedPasswords: ReadonlySet<string> = new Set([
  "pass",
  "PASS",
  "PASSWORD",
  "passwd",
  "PASSWD",
  "pw",
]);
