/** What the value of a label has to be. */
export type LabelType = "text" | "url" | "spdx" | "rfc3339" | "hash" | "semver" | "email";

/** The types that a label's value can be required to have, by the name that the option gives them. */
export const labelTypes: ReadonlyMap<string, LabelType> = new Map(
  (["text", "url", "spdx", "rfc3339", "hash", "semver", "email"] as const).map((type) => [type, type]),
);

/**
 * Labels whose values are specified: the annotations of the OCI image specification
 * (https://github.com/opencontainers/image-spec/blob/main/annotations.md) and their forerunners.
 */
export const knownLabels: ReadonlyMap<string, LabelType> = new Map<string, LabelType>([
  ["org.opencontainers.image.created", "rfc3339"],
  ["org.opencontainers.image.url", "url"],
  ["org.opencontainers.image.documentation", "url"],
  ["org.opencontainers.image.source", "url"],
  ["org.opencontainers.image.licenses", "spdx"],
  ["org.label-schema.build-date", "rfc3339"],
  ["org.label-schema.url", "url"],
  ["org.label-schema.vcs-url", "url"],
]);

/** What each type is called in a message. */
export const labelTypeNames: Readonly<Record<LabelType, string>> = {
  text: "a text",
  url: "a URL",
  spdx: "an SPDX licence expression",
  rfc3339: "a time such as 2026-01-31T12:00:00Z",
  hash: "a Git hash",
  semver: "a semantic version",
  email: "an e-mail address",
};

/** Longer values than these are not looked into. */
const longest = 1000;

/** Whether a value is what its type asks for. */
export function isOfType(value: string, type: LabelType): boolean {
  if (value.length > longest) return true;
  switch (type) {
    case "text":
      return true;
    case "url":
      return isUrl(value);
    case "spdx":
      return isLicenceExpression(value);
    case "rfc3339":
      return isTime(value);
    case "hash":
      return /^(?:[\da-f]{7}|[\da-f]{40}|[\da-f]{64})$/.test(value);
    case "semver":
      return isVersion(value);
    case "email":
      return /^[^\s@<>()",;:]{1,64}@[A-Za-z\d](?:[A-Za-z\d.-]{0,250}[A-Za-z\d])?$/.test(value);
  }
}

function isUrl(value: string): boolean {
  return /^[A-Za-z][A-Za-z\d+.-]{0,20}:\/\/[^\s/]\S*$/.test(value);
}

const time = /^\d{4}-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:[Zz]|[+-](\d{2}):(\d{2}))$/;

function isTime(value: string): boolean {
  const match = time.exec(value);
  if (match === null) return false;
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0, ...zone] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  const inRange =
    month >= 1 && month <= 12 && day >= 1 && day <= 31 && hour < 24 && minute < 60 && second <= 60;
  return inRange && (zone[0] ?? 0) < 24 && (zone[1] ?? 0) < 60;
}

/** Semantic Versioning 2.0.0 (https://semver.org). */
function isVersion(value: string): boolean {
  const match = /^(\d+)\.(\d+)\.(\d+)(?:-([\dA-Za-z.-]+))?(?:\+([\dA-Za-z.-]+))?$/.exec(value);
  if (match === null) return false;
  const isNumber = (text: string): boolean => text === "0" || !text.startsWith("0");
  if (!match.slice(1, 4).every((text) => isNumber(text ?? ""))) return false;
  const before = match[4]?.split(".") ?? [];
  const build = match[5]?.split(".") ?? [];
  return (
    [...before, ...build].every((part) => part !== "") &&
    before.every((part) => !/^\d+$/.test(part) || isNumber(part))
  );
}

/** Ids joined by AND, OR and WITH, with parentheses (https://spdx.github.io/spdx-spec/v2.3/SPDX-license-expressions/). */
function isLicenceExpression(value: string): boolean {
  let depth = 0;
  let wantsId = true;
  for (const token of value.match(/[()]|[^\s()]+/g) ?? []) {
    if (token === "(") {
      if (!wantsId) return false;
      depth++;
    } else if (token === ")") {
      if (wantsId || --depth < 0) return false;
    } else if (/^(?:AND|OR|WITH)$/i.test(token)) {
      if (wantsId) return false;
      wantsId = true;
    } else {
      if (!wantsId || !isLicenceId(token)) return false;
      wantsId = false;
    }
  }
  return !wantsId && depth === 0;
}

/** Names of licences that are often written for an id and are none. */
const noIds: ReadonlySet<string> = new Set(
  "apache apache2 apache-2 apache2.0 apachev2 asl asl2 bsd bsd2 bsd3 gpl gpl2 gpl3 gplv2 gplv3 lgpl lgplv2 lgplv3 agpl agplv3 mpl mpl2 cc0".split(
    " ",
  ),
);

function isLicenceId(token: string): boolean {
  return /^[A-Za-z\d][A-Za-z\d.:-]*\+?$/.test(token) && !noIds.has(token.toLowerCase());
}
