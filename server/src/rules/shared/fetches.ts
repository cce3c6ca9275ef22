import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { findOptions, operandsOf } from "../../documents/shell/queries";

/** A web address that a command fetches. */
export interface WebAddress {
  /** What is known of it from its beginning; ends with `$` where a variable follows. */
  readonly url: string;
  readonly word: ShellWord;
}

/** The addresses that curl or wget fetches, by what they begin with; none for other programs. */
export function webAddressesOf({ unwrapped }: ShellCommand): readonly WebAddress[] {
  const { program } = unwrapped;
  if (!webClients.has(program)) return [];
  const words = [...operandsOf(unwrapped)];
  if (program === "curl") {
    for (const { valueWord, word } of findOptions(unwrapped, "", "url"))
      if (valueWord !== undefined && valueWord !== word) words.push(valueWord);
  }
  return words.flatMap((word) => {
    const url = word.value ?? `${word.literalPrefix}$`;
    return /^(?:https?|ftp):\/\//i.test(url) ? [{ url, word }] : [];
  });
}

const webClients: ReadonlySet<string> = new Set(["curl", "wget", "wget2"]);

/**
 * Whether an address is on the machine itself or, by a name without dots or a private suffix, on a network that is
 * not the Internet.
 */
export function isPrivateAddress(url: string): boolean {
  const host = hostOf(url);
  if (host === undefined || isLocalAddress(url)) return host !== undefined;
  if (/^(?:10|169\.254|192\.168|172\.(?:1[6-9]|2\d|3[01]))\.[\d.]{1,11}$/.test(host)) return true;
  return !host.includes(".") || /\.(?:local|localhost|internal|lan|home|test|svc)$/.test(host);
}

/** Whether an address is on the machine itself. */
export function isLocalAddress(url: string): boolean {
  const host = hostOf(url);
  return host !== undefined && /^(?:localhost|127\.[\d.]{1,11}|0\.0\.0\.0|\[::1?\])$/.test(host);
}

/** The host of an address in lower case; `undefined` where it is cut off by a variable. */
function hostOf(url: string): string | undefined {
  const host = /^[a-z+]{2,9}:\/\/(?:[^/@?#]{0,200}@)?(\[[^\]/]{1,60}\]|[^/:?#@$]{1,253})(?=$|[/:?#])/i.exec(
    url,
  )?.[1];
  return host?.toLowerCase();
}
