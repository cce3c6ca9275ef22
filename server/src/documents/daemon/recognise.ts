import { daemonKeys, formerDaemonKeys, tellingDaemonKeys } from "./keys";
import { parseDaemon } from "./parse";

/**
 * Whether a file that is called `daemon.json` is Docker's: other programs (PM2, Transmission, monitors) have one, too.
 *
 * - `docker-daemon.json`, and `daemon.json` in a folder of Docker's (`docker`, `.docker`, `rootless`, or below them, as
 *   `docker/config` of Windows is), is, unless it holds keys of which the daemon knows none, or no object at all.
 * - Elsewhere it is where it holds a key that the daemon knows and none that it does not; or a key that no other program
 *   has, and no more foreign ones than known ones, so that one misspelt key does not hide the others.
 *
 * @param path any path or URI with `/` or `\`
 */
export function isDaemonFile(path: string, text: string): boolean {
  const { root, settings, problems } = parseDaemon(text);
  const byPlace = isDockersPlace(path);
  if (root === undefined) return byPlace && (text.trim() === "" || problems.length > 0);
  // A key without a value is being written.
  const keys = [...settings.values()].flatMap(({ key, value }) => (value === undefined ? [] : key));
  const known = keys.filter((key) => daemonKeys.has(key) || formerDaemonKeys.has(key)).length;
  if (byPlace) return known > 0 || keys.length === 0;
  const isTelling = keys.some((key) => tellingDaemonKeys.has(key));
  return known > 0 && (known === keys.length || (isTelling && known * 2 >= keys.length));
}

/**
 * Whether a text is a configuration of Docker's daemon whatever its file is called: it holds a key that no other program
 * has, and none that the daemon does not know.
 */
export function isDaemonText(text: string): boolean {
  if (!/^\uFEFF?\s{0,1000}[{/]/.test(text)) return false;
  const keys = [...parseDaemon(text).settings.keys()];
  return (
    keys.some((key) => tellingDaemonKeys.has(key)) &&
    keys.every((key) => daemonKeys.has(key) || formerDaemonKeys.has(key))
  );
}

function isDockersPlace(path: string): boolean {
  const folders = path.toLowerCase().split(/[\\/]/);
  const name = folders.pop();
  return name !== "daemon.json" || folders.slice(-3).some((folder) => dockersFolders.has(folder));
}

const dockersFolders: ReadonlySet<string> = new Set(["docker", ".docker", "rootless"]);
