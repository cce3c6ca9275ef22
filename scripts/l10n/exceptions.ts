/** Where the sources do not say by themselves which of their texts are shown, and how they are put together. */

/** Files of words, commands and keys that are compared and not shown, or that only reports, pages and logs show. */
export const unreadFiles: readonly RegExp[] = [
  /rules\/shared\/(?:references|composeReferences|languagePackages|systemPackages|spareTools|movingTags)\.ts$/,
  /rules\/shared\/(?:accounts|credentialTools|pointlessPrograms|indexUpdates|packageCaches|unpacking)\.ts$/,
  /rules\/shared\/secrets\//,
  /knowledge\/(?:imageFamily|promptImages|publishers|secretFileNames)\.ts$/,
  /knowledge\/services\//,
  /documents\/shell\//,
  /documents\/commands\/(?:optionTable|containerOptions)\.ts$/,
  /lsp\/falsePositive\.ts$/,
  /audit\/cached\.ts$/,
];

/** Texts that look like English for people and are not, or that only the log shows. */
export const notForPeople: ReadonlySet<string> = new Set([
  "rvm cleanup all",
  "yum clean all",
  "Docker command line: {command}",
  "Docker: {title}",
  "Docker: dockerd, daemon configuration file",
  "No instruction",
  "FROM scratch",
  "{path} was not read: {reason}",
  // Words of a text that is put together: `choices` and `composed` have the whole.
  "may ask",
  "write to",
  "on this line",
  "in this file",
  "in the repository",
  "{join} and {at}",
  "Bearer {token}",
  "Basic {encodeBase64}",
  "The server could not be loaded: {error}",
  "The editor has not told its settings in time: the defaults count until it does.",
  "The rule {rule} failed: {error}",
  "Not all files of the workspace could be looked at.",
  "{path} was not checked: {reason}",
  "The texts for the language {language} cannot be used: {error}",
  "There are no texts for the language {language}.",
  "{program} clean all",
  "workspace findings",
]);

/** Values that are words of ours, by the text that they are put into: each way gets a text of its own. */
export const choices: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "{program} {asks2} whether to go on here, and a build has nobody to answer, so it fails": {
    asks2: ["asks", "may ask"],
  },
  "{service} shares its {what} with {other}, so that a hole in one is a hole in both": {
    what: ["processes", "network", "memory"],
  },
  "Code in {name} can {does} every file of the host": { does: ["read", "write to"] },
  "Nothing bounds the {what} that {name} may take from the host": {
    what: [
      "memory",
      "processors",
      "processes",
      "memory and processors",
      "memory and processes",
      "processors and processes",
      "memory, processors and processes",
    ],
  },
  "{service} may have any number of {what}": { what: ["open files", "processes"] },
  "Ignore {rule} {places}": { places: ["on this line", "in this file", "in the repository"] },
  "Fix all {rule} in this file{hint}": { hint: ["", " (may change behaviour)"] },
  "Fix all {rule} in the workspace{hint}": { hint: ["", " (may change behaviour)"] },
  "Support of {product} {cycle} {verb} on {date}{longer} ({source}, as of {asOf})": {
    verb: ["ended", "ends"],
    longer: ["", ", extended support until {extended}"],
  },
  "Starts as {user}{stepsDown}{work}": {
    stepsDown: ["", "; its entrypoint steps down with {drops}"],
    work: ["", "; the work is done by {workers}"],
  },
  "Not known here: {join}.{asOf}": { asOf: ["", " Facts as of {asOf}."] },
  "the configuration is wrong in line {line}: {message}{more}": { more: ["", " (and {others} more)"] },
  "{registry} has had enough{wait}": { wait: ["", " and is left alone until {pausedUntil}"] },
  "Built as of {asOf}{support}. Not asked of the registry: nothing is sent anywhere.": {
    support: ["", ", supported until {end}"],
  },
  "as of {asOf}{support}": { support: ["", ", supported until {end}"] },
  "a user of {familiar}{number}": { number: ["", " (uid {uid})"] },
  "There is no rule {shown}: {meant}, {second}{more} stand for it": { more: ["", " and {others} more"] },
  "This file is in git with {name}{more}, for everyone who can read it": { more: ["", " and {more} more"] },
};

/** Texts that are put together in several places, or too short to be told from a name. */
export const composed: readonly string[] = [
  'stage "{name}": {posture}',
  'service "{name}": {posture}',
  "a URL",
  '{keyword} needs "=" between a name and its value.',
  "Build with `docker build --secret id={id},src=FILE .` or `--secret id={id2},env=VARIABLE`.",
  "Delete the blanks around =",
  "approved images",
  "approved, official",
  "default user",
  "deficient indentation",
  "make device files",
  "send broadcasts",
  "a model provider",
  "whole home directory, keys included",
  "user: {user}",
  "user {name}",
  "stage {index}, {stage}",
  "stage {index}",
  "verified ({what})",
  "found in this file",
  "The AWS CLI",
  "A part of this script could not be read",
  "Keep TLS",
  "Harden",
  "Docker Official Image",
  "Digest: {text}",
  "Created: {text}",
  "Platforms: {text}",
  "Default user: {text}",
  "Download: {text}",
  "Provenance: {text}",
  "Signatures: {text}",
  "{digest}, which is what its tag stands for",
  "{digest}; its tag has moved to {other}",
  "{digest}; its tag is gone",
  "{digest}; what its tag stands for now is not known: {reason}",
  "{date}, {count} days ago",
  "{date}, {count} weeks ago",
  "{date}, {count} months ago",
  "{date}, {count} years ago",
  "smaller, supported until {end}",
  "found here: {title}",
  "found in this file: {title}",
  "{date}, today",
  "{date}, yesterday",
];

/** Texts that only stand inside of others. */
export const inner: readonly string[] = [
  "{first} and {last}",
  "{first} and {count} more",
  "{first} or {last}",
  "true or false or {others}",
  "{kind} by {signers}",
];
