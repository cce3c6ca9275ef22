import { maxKeyBlockLength } from "../../../ruleLimits";
import { rememberLast } from "../../../text/rememberLast";
import type { Span } from "../../../text/span";

export type PrivateKeyKind = "pem" | "openssh" | "putty" | "pgp";

/** A private key in a text, from its first header to its footer, or to where its body ends without one. */
export interface FoundPrivateKey {
  readonly kind: PrivateKeyKind;
  /** UTF-16 offsets into the searched text. */
  readonly span: Span;
}

/**
 * Finds private keys: PEM blocks (RSA, EC, PKCS 8 and so on), OpenSSH and PGP blocks, PuTTY files; on lines of their
 * own, in a heredoc or a YAML block, or on one line with `\n` between the parts.
 *
 * A header without at least 64 characters of key after it, as in `grep` patterns and format checks, is no key.
 *
 * @param text anything; time is linear, and at most 20,000 characters count as one key
 */
export const findPrivateKeys: (text: string) => readonly FoundPrivateKey[] = rememberLast(privateKeysIn);

function privateKeysIn(text: string): readonly FoundPrivateKey[] {
  const found = [...armouredKeys(text), ...puttyKeys(text)];
  return found.sort((a, b) => a.span.start - b.span.start);
}

const shortestBody = 64;

function armouredKeys(text: string): FoundPrivateKey[] {
  const found: FoundPrivateKey[] = [];
  for (const { at, block } of blocksAfter(text, "-----BEGIN ")) {
    const label = /^([A-Z0-9 ]{0,24}PRIVATE KEY(?: BLOCK)?)-----/.exec(block.slice(0, 60))?.[1];
    if (label === undefined) continue;
    const bodyStart = label.length + 5;
    const footer = `-----END ${label}-----`;
    const footerAt = block.indexOf(footer);
    const body = bodyLength(block.slice(bodyStart, footerAt < 0 ? block.length : footerAt));
    if (body.characters < shortestBody) continue;
    const length = footerAt < 0 ? bodyStart + body.end : footerAt + footer.length;
    found.push({ kind: kindOf(label), span: { start: at, end: at + "-----BEGIN ".length + length } });
  }
  return found;
}

/** Every place of a marker, with what follows it up to its next place. */
function blocksAfter(
  text: string,
  marker: string,
): readonly { readonly at: number; readonly block: string }[] {
  const blocks: { at: number; block: string }[] = [];
  let at = text.indexOf(marker);
  while (at >= 0) {
    const from = at + marker.length;
    const next = text.indexOf(marker, from);
    const end = Math.min(next < 0 ? text.length : next, from + maxKeyBlockLength);
    blocks.push({ at, block: text.slice(from, end) });
    at = next;
  }
  return blocks;
}

function kindOf(label: string): PrivateKeyKind {
  if (label.startsWith("PGP")) return "pgp";
  return label.startsWith("OPENSSH") ? "openssh" : "pem";
}

/**
 * Counts the base64 characters after a header, over line ends, indents, continuation marks and quotes.
 *
 * @returns how many there are, and the offset after the last of them
 */
function bodyLength(block: string): { readonly characters: number; readonly end: number } {
  let characters = 0;
  let end = 0;
  const part =
    /(?:\\[rn]|[\s"'+,;&>\\])*((?:Proc-Type|DEK-Info|Version|Comment|Hash)(?:: ?)[^\n\\]{0,100}|[A-Za-z0-9+/=]{1,200})/y;
  for (let match = part.exec(block); match; match = part.exec(block)) {
    const piece = match[1] ?? "";
    if (piece.includes(":")) continue;
    // Words of a script are short; a line of a key is not, but for the last ones.
    const isShort = piece.length < 16;
    if (isShort && (characters === 0 || block[part.lastIndex] === " ")) break;
    characters += piece.length;
    end = part.lastIndex;
    if (isShort) break;
  }
  return { characters, end };
}

function puttyKeys(text: string): FoundPrivateKey[] {
  const marker = "PuTTY-User-Key-File-";
  return blocksAfter(text, marker).flatMap(({ at, block }): FoundPrivateKey[] => {
    const body = /Private-Lines: ?\d{1,4}(?:\\n|\s{1,100})[A-Za-z0-9+/]{40,200}/.exec(block);
    if (!body) return [];
    const mac = /Private-(?:MAC|Hash): ?[0-9a-f]{40,64}/.exec(block);
    const last = mac ?? body;
    return [{ kind: "putty", span: { start: at, end: at + marker.length + last.index + last[0].length } }];
  });
}
