import type { RunInstruction } from "../../documents/dockerfile/model";
import type { ShellCommand } from "../../documents/shell/model";
import { operandsOf } from "../../documents/shell/queries";
import { type CommandTest, hasCommand } from "../../documents/shell/remember";
import { isMounted } from "./packageCaches";

/** Where a package manager keeps what it has downloaded, as its manual says, for a build that runs as root. */
interface DownloadCache {
  readonly programs: ReadonlySet<string>;
  /** The first operands that download; any where it is missing. */
  readonly subcommands?: ReadonlySet<string>;
  /** The folders that are worth a mount. */
  readonly folders: readonly string[];
  /** A mounted folder that keeps the downloads, as it is written. */
  readonly mounted: RegExp;
}

/** A command that downloads what the next build downloads again. */
export interface UnmountedDownload {
  readonly command: ShellCommand;
  readonly folders: readonly string[];
}

/** The first download of each package manager in a step that mounts no cache for it. */
export function unmountedDownloads(run: RunInstruction): readonly UnmountedDownload[] {
  if (!hasCommand(run.script, downloads)) return [];
  const seen = new Set<DownloadCache>();
  return run.script.commands.flatMap((command) => {
    const cache = cacheOf(command);
    if (cache === undefined || seen.has(cache)) return [];
    seen.add(cache);
    return isMounted(run, cache.mounted) ? [] : [{ command, folders: cache.folders }];
  });
}

const downloads: CommandTest = (command) => cacheOf(command) !== undefined;

function cacheOf({ unwrapped }: ShellCommand): DownloadCache | undefined {
  const cache = byProgram.get(unwrapped.program);
  if (cache === undefined || isOffline(unwrapped)) return undefined;
  if (cache.subcommands === undefined) return cache;
  return operandsOf(unwrapped).some(({ value }) => cache.subcommands?.has(value ?? "")) ? cache : undefined;
}

/** Whether a command is told to take what is there already. */
function isOffline({ program, arguments: given }: ShellCommand["unwrapped"]): boolean {
  return given.some(
    ({ value }) => value !== undefined && (offline.has(value) || (value === "-o" && /^mvnw?$/.test(program))),
  );
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(" "));
}

const offline = words("--no-restore --offline --frozen --local -mod=vendor");

const caches: readonly DownloadCache[] = [
  {
    programs: words("npm"),
    subcommands: words("install i ci install-ci-test it"),
    folders: ["/root/.npm"],
    mounted: /\.npm\b/,
  },
  {
    programs: words("pnpm"),
    subcommands: words("install i add fetch"),
    folders: ["/root/.local/share/pnpm/store"],
    mounted: /pnpm/,
  },
  {
    programs: words("cargo"),
    subcommands: words("build install fetch test check clippy"),
    folders: ["/usr/local/cargo/registry", "/usr/local/cargo/git"],
    mounted: /cargo/,
  },
  {
    programs: words("go"),
    subcommands: words("build get install test mod"),
    folders: ["/root/.cache/go-build", "/go/pkg/mod"],
    mounted: /go-build|pkg\/mod|\.cache\/?$/,
  },
  {
    programs: words("mvn mvnw"),
    subcommands: words("install compile package test verify deploy dependency:resolve dependency:go-offline"),
    folders: ["/root/.m2"],
    mounted: /\.m2/,
  },
  { programs: words("gradle gradlew"), folders: ["/root/.gradle"], mounted: /\.gradle/ },
  {
    programs: words("composer composer.phar"),
    subcommands: words("install update require"),
    folders: ["/root/.composer/cache"],
    mounted: /composer/,
  },
  {
    programs: words("dotnet nuget"),
    subcommands: words("restore build publish test"),
    folders: ["/root/.nuget/packages"],
    mounted: /\.nuget/,
  },
  {
    programs: words("mix"),
    subcommands: words("deps.get deps.compile compile"),
    folders: ["/root/.hex"],
    mounted: /\.(?:hex|mix)/,
  },
  {
    // Not the folder that gems are installed to, which the image needs.
    programs: words("gem bundle"),
    subcommands: words("install update"),
    folders: ["/usr/local/bundle/cache"],
    mounted: /bundle|\.gem/,
  },
];

const byProgram: ReadonlyMap<string, DownloadCache> = new Map(
  caches.flatMap((cache) => [...cache.programs].map((program) => [program, cache] as const)),
);
