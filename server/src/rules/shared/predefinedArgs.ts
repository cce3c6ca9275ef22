/** Build arguments that BuildKit sets in every build: FROM sees them, a stage once it declares them. */
export const platformArgNames: readonly string[] = [
  ...["TARGET", "BUILD"].flatMap((side) =>
    ["PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT"].map((part) => side + part),
  ),
  "TARGETSTAGE",
];

/** Usable without being declared (https://docs.docker.com/reference/dockerfile/#predefined-args). */
export const proxyArgNames: readonly string[] = [
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "FTP_PROXY",
  "NO_PROXY",
  "ALL_PROXY",
].flatMap((name) => [name, name.toLowerCase()]);
