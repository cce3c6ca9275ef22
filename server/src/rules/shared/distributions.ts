import type { DockerfileDocument } from "../../documents/dockerfile/model";
import type { ImageReference } from "../../documents/imageReference";
import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { findOption, operandsOf } from "../../documents/shell/queries";
import { endOfLifeDates } from "../../knowledge/endOfLife";
import { imageFamily } from "../../knowledge/imageFamily";
import { officialName } from "../../knowledge/publishers";
import type { Span } from "../../text/span";
import { commandsMentioning } from "./mentions";
import { rpmPrograms } from "./packagePrograms";

/** What an image is made of, as far as its name and tag tell. */
export interface Distribution {
  /** In the words of the `distributions` option; undefined where only the family is known. */
  readonly name: string | undefined;
  /** `alpine`, `debian`, `redhat` …, as in `ImageFamily`. */
  readonly family: string | undefined;
}

/** Distributions and the family that each belongs to: what the option takes. */
export const distributionFamilies: ReadonlyMap<string, string> = new Map([
  ["alpine", "alpine"],
  ["wolfi", "alpine"],
  ["debian", "debian"],
  ["ubuntu", "debian"],
  ["almalinux", "redhat"],
  ["amazonlinux", "redhat"],
  ["azurelinux", "redhat"],
  ["centos", "redhat"],
  ["fedora", "redhat"],
  ["mageia", "redhat"],
  ["oraclelinux", "redhat"],
  ["photon", "redhat"],
  ["rhel", "redhat"],
  ["rockylinux", "redhat"],
  ["opensuse", "suse"],
  ["archlinux", "arch"],
  ["busybox", "busybox"],
  ["distroless", "distroless"],
  ["windows", "windows"],
]);

/** The distribution of an image; neither name nor family where nothing is known. */
export function distributionOf(reference: ImageReference): Distribution {
  const name = nameOf(reference);
  const family = name === undefined ? imageFamily(reference) : distributionFamilies.get(name);
  return { name: name ?? (family === undefined ? undefined : onlyOf(family)), family };
}

/** The word for an operating system in the table of support dates. */
const words: ReadonlyMap<string, string> = new Map([
  ["AlmaLinux OS", "almalinux"],
  ["Alpine Linux", "alpine"],
  ["Amazon Linux", "amazonlinux"],
  ["CentOS", "centos"],
  ["CentOS Stream", "centos"],
  ["Debian", "debian"],
  ["Fedora Linux", "fedora"],
  ["Microsoft Nano Server", "windows"],
  ["Oracle Linux", "oraclelinux"],
  ["Red Hat Enterprise Linux", "rhel"],
  ["Rocky Linux", "rockylinux"],
  ["Ubuntu", "ubuntu"],
  ["openSUSE", "opensuse"],
]);

function nameOf(reference: ImageReference): string | undefined {
  const official = officialName(reference);
  if (official !== undefined && distributionFamilies.has(official)) return official;
  const { name, path } = reference;
  if (/^(?:registry\.access\.redhat\.com|registry\.redhat\.io|docker\.io\/redhat)\/ubi/.test(name))
    return "rhel";
  if (name.startsWith("docker.io/opensuse/") || name.startsWith("registry.opensuse.org/")) return "opensuse";
  if (/(?:^|\/)(?:wolfi-base)$/.test(path)) return "wolfi";
  const last = path.slice(path.lastIndexOf("/") + 1);
  if (/^(?:quay\.io|registry\.fedoraproject\.org)\//.test(name) && distributionFamilies.has(last))
    return last;
  const system = endOfLifeDates(reference).find(({ kind }) => kind === "os");
  return system === undefined ? undefined : words.get(system.product);
}

/** The one distribution of a family that has no other. */
function onlyOf(family: string): string | undefined {
  const names = [...distributionFamilies].flatMap(([name, own]) => (own === family ? [name] : []));
  return names.length === 1 ? names[0] : undefined;
}

/** A place where a RUN adds a package repository that the base image does not have. */
export interface AddedRepository {
  readonly span: Span;
  readonly name: string;
}

/** The repositories that commands add; those that are written to a file as text are not among them. */
export function addedRepositories(document: DockerfileDocument): readonly AddedRepository[] {
  return commandsMentioning(document, mentioned, addsRepository, ["RUN"]).flatMap(({ command }) => {
    const word = repositoryWord(command);
    return word === undefined ? [] : [{ span: word.span, name: word.value ?? word.text }];
  });
}

const mentioned = ["epel-release", "add-repo", "addrepo", "apt-repository", "zypper", "apk"];

function addsRepository(command: ShellCommand): boolean {
  return repositoryWord(command) !== undefined;
}

function repositoryWord({ unwrapped }: ShellCommand): ShellWord | undefined {
  const { program } = unwrapped;
  const operands = operandsOf(unwrapped);
  if (program === "add-apt-repository" || program === "apt-add-repository")
    return findOption(unwrapped, "r", "remove") === undefined ? operands.find(isForeign) : undefined;
  if (program === "zypper") {
    const at = operands.findIndex(({ value }) => value === "ar" || value === "addrepo");
    return at < 0 ? undefined : operands[at + 1];
  }
  if (program === "apk") return findOption(unwrapped, "X", "repository")?.valueWord;
  if (!rpmPrograms.has(program) && program !== "yum-config-manager" && program !== "rpm") return undefined;
  const added = findOption(unwrapped, "", "add-repo");
  if (added !== undefined)
    return added.valueWord ?? unwrapped.arguments[unwrapped.arguments.indexOf(added.word) + 1];
  return operands.find(({ literalPrefix }) =>
    /(?:^|\/)epel(?:-next)?-release/.test(literalPrefix.slice(0, 500)),
  );
}

/** The components of a distribution itself can be switched on by name. */
function isForeign({ value }: ShellWord): boolean {
  return (
    value === undefined ||
    !/^(?:main|universe|multiverse|restricted|contrib|non-free(?:-firmware)?)$/.test(value)
  );
}
