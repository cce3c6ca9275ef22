import { maxHeaderLength } from "../limits";

/** How a registry wants to be asked, from its `WWW-Authenticate` header (RFC 9110, section 11). */
export type Challenge =
  | { readonly scheme: "basic" }
  | { readonly scheme: "bearer"; readonly realm: string; readonly service: string | undefined };

/** Reads the first challenge that is understood. */
export function parseChallenge(header: string | undefined): Challenge | undefined {
  if (header === undefined || header.length > maxHeaderLength) return undefined;
  const scheme = /^\s*(basic|bearer)(?:\s|$)/i.exec(header)?.[1]?.toLowerCase();
  if (scheme === "basic") return { scheme };
  if (scheme !== "bearer") return undefined;
  const parameters = new Map<string, string>();
  // A quoted value holds no quote and no backslash but escaped ones, so that each character is looked at once.
  for (const [, name, quoted, plain] of header.matchAll(
    /(?<![a-z_])([a-z_]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi,
  )) {
    const key = name!.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "");
  }
  const realm = parameters.get("realm");
  return realm === undefined ? undefined : { scheme, realm, service: parameters.get("service") };
}
