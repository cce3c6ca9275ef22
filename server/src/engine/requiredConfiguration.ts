import { entriesOf, isNull, itemsOf, scalarOf, type YamlNode } from "../documents/yaml/tree";
import { maxSigners } from "../limits";
import {
  fieldsOf,
  itemsAt,
  mapAt,
  nearest,
  plainValue,
  type ReportIssue,
  textAt,
} from "./configurationReader";
import {
  type ImagePolicy,
  normalisedPattern,
  type RequiredSigner,
  type Requirement,
  requirements,
  type SignerIdentity,
  type SignerKey,
  type ToleratedVulnerabilities,
} from "./policy";
import { isSeverity, type Severity, severities } from "./severity";

type Required = Pick<ImagePolicy, "require" | "maxAgeDays" | "tolerated" | "signers">;

/** What people write who know a demand from elsewhere. */
const otherNames: ReadonlyMap<string, Requirement> = new Map([
  ["maxAgeDays", "maxAge"],
  ["signed", "signature"],
  ["signatures", "signature"],
  ["maxVulnerabilities", "vulnerabilities"],
  ["eol", "notEndOfLife"],
]);

/** Reads `require:`. A demand that nothing judges is refused: who wrote it would believe that it holds. */
export function requirementsAt(node: YamlNode | undefined, issue: ReportIssue): Required {
  const require: Partial<Record<Requirement, Severity | "on" | false>> = {};
  let required: Required = { require, signers: [] };
  for (const { key, keySpan, value } of entriesOf(mapAt(node, issue))) {
    const requirement = requirements.find((candidate) => candidate === key);
    if (requirement === undefined) {
      const near = otherNames.get(key) ?? nearest(key, requirements);
      issue(keySpan, `There is no key ${key.slice(0, 40)} here`, near);
      continue;
    }
    const read = readers[requirement](value, issue);
    if (read === undefined) continue;
    const { level, ...rest } = read;
    require[requirement] = level;
    required = { ...required, ...rest };
  }
  return required;
}

type Read = Partial<Omit<Required, "require">> & { readonly level: Severity | "on" | false };

const readers: Readonly<Record<Requirement, (node: YamlNode, issue: ReportIssue) => Read | undefined>> = {
  digest: levelAt,
  notEndOfLife: levelAt,
  nonRoot: levelAt,
  maxAge: maxAgeAt,
  signature: signersAt,
  vulnerabilities: vulnerabilitiesAt,
};

function levelAt(node: YamlNode, issue: ReportIssue): Read | undefined {
  const level = levelOf(node);
  if (level !== undefined) return { level };
  issue(node.span, "true, false or a severity is wanted here", nearest(scalarOf(node)?.value, severities));
  return undefined;
}

function levelOf(node: YamlNode): Severity | false | undefined {
  const value = plainValue(node);
  if (typeof value === "boolean") return value ? "high" : false;
  return typeof value === "string" && isSeverity(value) ? value : undefined;
}

/** The severity of a demand that says more than that. */
function severityAt(node: YamlNode | undefined, issue: ReportIssue): Severity | undefined {
  if (node === undefined || isNull(node)) return undefined;
  const word = scalarOf(node)?.value;
  if (word !== undefined && isSeverity(word)) return word;
  issue(node.span, `One of ${severities.join(", ")} is wanted here`, nearest(word, severities));
  return undefined;
}

/** A number of days, or a map with it and a severity; `false` takes back what a base demands. */
function maxAgeAt(node: YamlNode, issue: ReportIssue): Read | undefined {
  if (plainValue(node) === false) return { level: false };
  const isMap = node.kind === "map";
  const at = isMap ? fieldsOf(node, ["days", "severity"], issue) : undefined;
  const days = at === undefined ? node : at("days");
  const count = days && wholeNumber(days);
  if (count === undefined || count === 0) {
    issue((days ?? node).span, "A number of days is wanted here");
    return undefined;
  }
  return { level: severityAt(at?.("severity"), issue) ?? "high", maxAgeDays: count };
}

function vulnerabilitiesAt(node: YamlNode, issue: ReportIssue): Read | undefined {
  const none: ToleratedVulnerabilities = { critical: 0, high: 0 };
  if (node.kind !== "map") {
    const read = levelAt(node, issue);
    return read && { ...read, ...(read.level !== false && { tolerated: none }) };
  }
  const at = fieldsOf(node, ["critical", "high", "fixable", "severity"], issue);
  const tolerated: { -readonly [K in keyof ToleratedVulnerabilities]: number } = {};
  for (const key of ["critical", "high", "fixable"] as const) {
    const value = at(key);
    if (value === undefined) continue;
    const count = wholeNumber(value);
    if (count === undefined) issue(value.span, "The most that is tolerated is wanted here, as a number");
    else tolerated[key] = count;
  }
  const level = severityAt(at("severity"), issue) ?? "high";
  return { level, tolerated: Object.keys(tolerated).length === 0 ? none : tolerated };
}

function wholeNumber(node: YamlNode): number | undefined {
  const value = plainValue(node);
  return typeof value === "number" && Number.isInteger(value) && value >= 0 ? value : undefined;
}

function signersAt(node: YamlNode, issue: ReportIssue): Read | undefined {
  if (plainValue(node) === false) return { level: false };
  if (node.kind === "scalar" || (node.kind !== "map" && itemsOf(node).length === 0)) {
    issue(node.span, "Whose signatures count is wanted here: a list of entries with keys or identities");
    return undefined;
  }
  const items = node.kind === "map" ? [node] : itemsOf(node);
  for (const item of items.slice(maxSigners))
    issue(item.span, `More than ${maxSigners} entries are not read`);
  const signers = items.slice(0, maxSigners).flatMap((item) => signerAt(item, issue) ?? []);
  return { level: "on", signers };
}

function signerAt(node: YamlNode, issue: ReportIssue): RequiredSigner | undefined {
  if (node.kind !== "map") {
    issue(node.span, "Keys and values are wanted here");
    return undefined;
  }
  const at = fieldsOf(node, ["images", "keys", "identities", "severity"], issue);
  const keys = oneOrMore(at("keys"), issue).flatMap((item) => keyAt(item, issue) ?? []);
  const identities = itemsAt(at("identities"), issue).flatMap((item) => identityAt(item, issue) ?? []);
  if (at("keys") === undefined && at("identities") === undefined)
    issue(node.span, "An entry must name the keys or the identities whose signatures count");
  return {
    images: oneOrMore(at("images"), issue).flatMap((item) => {
      const pattern = textAt(item, issue);
      return pattern === undefined ? [] : normalisedPattern(pattern);
    }),
    keys: keys.slice(0, maxSigners),
    identities: identities.slice(0, maxSigners),
    severity: severityAt(at("severity"), issue),
  };
}

/** The items of a list, or a text alone. */
function oneOrMore(node: YamlNode | undefined, issue: ReportIssue): readonly YamlNode[] {
  return node?.kind === "scalar" && !isNull(node) ? [node] : itemsAt(node, issue);
}

/** The first line of a public key as PEM. */
export const publicKeyHeader = "-----BEGIN PUBLIC KEY-----";

/** A public key as PEM, or the path of a file that holds it. */
function keyAt(node: YamlNode, issue: ReportIssue): SignerKey | undefined {
  const text = textAt(node, issue)?.trim();
  if (text === undefined) return undefined;
  if (text.startsWith(publicKeyHeader)) return { pem: text };
  if (/[\n\r]/.test(text) || text.startsWith("-----")) {
    issue(node.span, "A public key in PEM, or the path of a file with it, is wanted here");
    return undefined;
  }
  return { file: text, span: node.span };
}

function identityAt(node: YamlNode, issue: ReportIssue): SignerIdentity | undefined {
  const at = fieldsOf(node, ["identity", "issuer"], issue);
  const identity = textAt(at("identity"), issue);
  const issuer = textAt(at("issuer"), issue);
  if (identity !== undefined && issuer !== undefined) return { identity, issuer };
  // A name is worth as much as whoever vouches for it.
  if (node.kind === "map") issue(node.span, "An identity and its issuer go together");
  return undefined;
}
