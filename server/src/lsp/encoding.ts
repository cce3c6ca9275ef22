import { PositionEncodingKind } from "vscode-languageserver";

/** The encodings that the server speaks. The protocol's default is UTF-16. */
export type Encoding = "utf-16" | "utf-8" | "utf-32";

/**
 * The encoding to use, given those that a client offers.
 * @param offered in the order of the client's preference; UTF-16 costs nothing, so it is taken wherever it is offered
 */
export function chooseEncoding(offered: readonly string[] | undefined): Encoding {
  if (offered === undefined || offered.includes(PositionEncodingKind.UTF16)) return "utf-16";
  if (offered.includes(PositionEncodingKind.UTF8)) return "utf-8";
  return offered.includes(PositionEncodingKind.UTF32) ? "utf-32" : "utf-16";
}
