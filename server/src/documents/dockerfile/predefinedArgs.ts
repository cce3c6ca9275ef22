/** Set by every build, so their value is never the file's to tell; visible to FROM and, once declared, to a stage. */
export const platformArgs: ReadonlySet<string> = new Set(
  ["TARGET", "BUILD"].flatMap((side) =>
    ["PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT"].map((part) => side + part),
  ),
).add("TARGETSTAGE");

/** Usable without being declared (https://docs.docker.com/reference/dockerfile/#predefined-args). */
export const proxyArgs: ReadonlySet<string> = new Set(
  ["HTTP_PROXY", "HTTPS_PROXY", "FTP_PROXY", "NO_PROXY", "ALL_PROXY"].flatMap((name) => [
    name,
    name.toLowerCase(),
  ]),
);
