/** A platform as `os/architecture/variant`, in the names that the builder uses. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string | undefined;
}

/**
 * Reads a platform such as `linux/arm64/v8`, `arm64` or `windows`, by the rules of
 * https://github.com/containerd/platforms. An operating system alone leaves the architecture empty, and the other way
 * round `linux` is assumed.
 *
 * @returns undefined for what is none
 */
export function parsePlatform(text: string): Platform | undefined {
  const parts = text.toLowerCase().split("/");
  if (parts.length > 3 || !parts.every((part) => /^[a-z0-9_.-]{1,40}$/.test(part))) return undefined;
  const [first = "", second, third] = parts;
  if (second === undefined) {
    if (systems.has(first)) return { os: systems.get(first) ?? first, architecture: "", variant: undefined };
    return architectures.has(first) ? withArchitecture("linux", first, undefined) : undefined;
  }
  return withArchitecture(systems.get(first) ?? first, second, third);
}

function withArchitecture(os: string, written: string, variant: string | undefined): Platform {
  const [architecture, own] = architectures.get(written) ?? [written, undefined];
  return { os, architecture, variant: variant ?? own };
}

const systems: ReadonlyMap<string, string> = new Map([
  ...["linux", "windows", "darwin", "freebsd", "netbsd", "openbsd", "solaris", "wasi", "wasip1"].map(
    (name): [string, string] => [name, name],
  ),
  ["macos", "darwin"],
]);

const architectures: ReadonlyMap<string, readonly [name: string, variant: string | undefined]> = new Map<
  string,
  readonly [string, string | undefined]
>([
  ["amd64", ["amd64", undefined]],
  ["x86_64", ["amd64", undefined]],
  ["x86-64", ["amd64", undefined]],
  ["386", ["386", undefined]],
  ["i386", ["386", undefined]],
  ["arm64", ["arm64", undefined]],
  ["aarch64", ["arm64", undefined]],
  ["arm", ["arm", "v7"]],
  ["armhf", ["arm", "v7"]],
  ["armel", ["arm", "v6"]],
  ...["mips64le", "ppc64le", "riscv64", "s390x", "loong64", "mips64", "ppc64", "wasm"].map(
    (name): [string, readonly [string, undefined]] => [name, [name, undefined]],
  ),
]);
