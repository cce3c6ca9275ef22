import type { Config } from "../engine/config";

/**
 * A configuration whose globs count from a folder further up.
 * @param folder the folder from which they counted until now, relative to the new one; `.` where it is the same
 */
export function rebased(config: Config, folder: string): Config {
  if (folder === ".") return config;
  const prefix = `${folder.replace(/[*?[\]\\]/g, "\\$&")}/`;
  const all = (globs: readonly string[]): readonly string[] => globs.map((glob) => prefix + glob);
  const { dockerfile, compose, daemon, commands } = config.files;
  return {
    ...config,
    exclude: all(config.exclude),
    files: {
      dockerfile: all(dockerfile),
      compose: all(compose),
      daemon: all(daemon),
      commands: all(commands),
    },
    ignore: config.ignore.map((entry) => ({
      ...entry,
      // Without a path it means every file, which a folder must not narrow.
      path: entry.path === "**" ? entry.path : prefix + entry.path,
    })),
    overrides: config.overrides.map((override) => ({
      ...override,
      files: override.files && all(override.files),
    })),
  };
}
