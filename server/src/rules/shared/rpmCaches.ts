import { operandsOf } from "../../documents/shell/queries";
import { type PackageCache, subcommandTest } from "./packageCaches";
import { rpmPrograms } from "./packagePrograms";

/** Where yum, dnf and their kin keep packages and metadata, in a step's own root folder or another. */
const folder = /\/var\/cache(?:\/(?:yum|dnf|libdnf5|tdnf|\*)|[/"']{0,2}$)|\/var\/cache\/\{[^{}]*(?:yum|dnf)/;

const subcommands: ReadonlySet<string> = new Set([
  ...["install", "localinstall", "reinstall", "groupinstall", "group", "module", "builddep", "swap"],
  ...["update", "upgrade", "downgrade", "distro-sync", "makecache", "check-update"],
]);

/** What the programs of a set leave behind; each of the family empties the cache of the others. */
export function rpmCache(programs: ReadonlySet<string>, mention: string): PackageCache {
  return {
    mention,
    fills: subcommandTest(programs, subcommands),
    cleans: ({ unwrapped }) => {
      const [first, second] = operandsOf(unwrapped);
      return rpmPrograms.has(unwrapped.program) && first?.value === "clean" && second?.value === "all";
    },
    folder,
  };
}
