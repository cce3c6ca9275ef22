import type { ShellCommand, ShellWord } from "../../documents/shell/model";
import { findOptions, readCommandLine } from "../../documents/shell/queries";
import type { Severity } from "../../engine/severity";
import { maxCredentialWords } from "../../ruleLimits";
import type { Span } from "../../text/span";
import { credentialOptions, type OptionForm } from "./credentialOptions";
import { secretName } from "./secrets/names";
import { findTokens } from "./secrets/tokens";
import { findUrlCredentials } from "./secrets/urls";
import { isSecretValue, judgeValue } from "./secrets/values";

/** A secret that is written out in a command. */
export interface PassedCredential {
  /** The secret itself. */
  readonly span: Span;
  /** The option or variable that it is given to, without its value: `--password`, `PGPASSWORD`. */
  readonly name: string;
  readonly severity: Severity;
  /** `option`: an option of a known program that takes a credential; `generic`: one that only its name tells. */
  readonly kind: "option" | "generic" | "assignment";
}

/** What a command's spans are offsets of. */
interface Searched {
  readonly text: string;
}

/**
 * The secrets that a command is given by assignments before it, options and `name=value` words. Values are judged as
 * in ENV: placeholders, references, paths and switches are none. Tokens and passwords in URLs, which other rules
 * report wherever they stand, are left out.
 */
export function passedCredentials(document: Searched, command: ShellCommand): readonly PassedCredential[] {
  return withoutOthers(document, [
    ...fromAssignments(document, command),
    ...fromKnown(document, command),
    ...fromNames(document, command),
  ]);
}

/** The secrets among {@link passedCredentials} that are given to an option of a known program. */
export function optionCredentials(document: Searched, command: ShellCommand): readonly PassedCredential[] {
  return withoutOthers(document, fromKnown(document, command));
}

/** Whether a command's program has an option that takes a credential. */
export function mayTakeCredential({ unwrapped }: ShellCommand): boolean {
  return credentialOptions.has(unwrapped.program);
}

/** Each place once, without what other rules report wherever it stands. */
function withoutOthers(document: Searched, found: readonly PassedCredential[]): readonly PassedCredential[] {
  return found
    .filter(({ span }, index) => found.findIndex((other) => other.span.start === span.start) === index)
    .filter(({ span }) => {
      const value = document.text.slice(span.start, span.end);
      return findTokens(value).length === 0 && findUrlCredentials(value).length === 0;
    });
}

/** Whether a command may be given a secret: nothing else is worth a closer look. */
export function mayPassCredential({ assignments, arguments: words, unwrapped }: ShellCommand): boolean {
  return (
    credentialOptions.has(unwrapped.program) ||
    assignments.some(({ name }) => secretWord.test(name)) ||
    unwrapped.arguments.some(({ literalPrefix }) => secretWord.test(literalPrefix.slice(0, 200))) ||
    (unwrapped.wrappers.length > 0 &&
      words.some(({ literalPrefix }) => secretWord.test(literalPrefix.slice(0, 200))))
  );
}

/** A part of every name that {@link secretName} is sure of. */
const secretWord = /pass|pwd|pword|token|secret|key|pw/i;

function fromAssignments(document: Searched, command: ShellCommand): readonly PassedCredential[] {
  const before = command.assignments.flatMap(({ name, value }) => {
    if (value?.value === undefined || !isSecretVariable(name)) return [];
    return credential(document, value, value.value, name, name, "assignment");
  });
  return [...before, ...fromEnv(document, command)];
}

/** What the wrapper `env` is given before the program: `env API_TOKEN=… node`. */
function fromEnv(document: Searched, command: ShellCommand): readonly PassedCredential[] {
  const { wrappers, name: program } = command.unwrapped;
  if (program === undefined || !wrappers.some(({ text }) => /(?:^|\/)env$/.test(text))) return [];
  return command.arguments.slice(0, maxCredentialWords).flatMap((word) => {
    const match = /^([A-Za-z_]\w{0,100})=(.{1,1000})$/.exec(word.value ?? "");
    if (match?.[1] === undefined || match[2] === undefined || word.span.end > program.span.start) return [];
    if (!isSecretVariable(match[1])) return [];
    return credential(document, word, match[2], match[1], match[1], "generic");
  });
}

/** By its name, without what makes bundlers publish a variable: they take a secret for none for that. */
function isSecretVariable(name: string): boolean {
  return secretName(name.replace(publishing, ""))?.strength === "strong";
}

const publishing =
  /^(?:NEXT_PUBLIC_|EXPO_PUBLIC_|NUXT_PUBLIC_|PUBLIC_)(?=.*(?:SECRET|PASS|AUTH_TOKEN|PRIVATE))/;

function fromKnown(document: Searched, command: ShellCommand): readonly PassedCredential[] {
  const forms = credentialOptions.get(command.unwrapped.program);
  if (forms === undefined) return [];
  const words = command.unwrapped.arguments;
  return words.slice(0, maxCredentialWords).flatMap((word, index) =>
    forms.flatMap((form) => {
      const given = valueAfter(form, word, words[index + 1]) ?? valueInCluster(form, word, command);
      if (given === undefined) return [];
      const secret = form.form === undefined ? given.text : form.form.exec(given.text.slice(0, 1000))?.[1];
      if (secret === undefined || secret === "") return [];
      return credential(document, given.word, secret, form.option, "password", "option");
    }),
  );
}

function fromNames(document: Searched, command: ShellCommand): readonly PassedCredential[] {
  const { program, arguments: words } = command.unwrapped;
  if (talking.has(program)) return [];
  const named = words.slice(0, maxCredentialWords).flatMap((word) => {
    const match = /^(-{0,2}[A-Za-z_][\w.-]{0,100})=(.{1,1000})$/.exec(word.value ?? "");
    if (match?.[1] === undefined || match[2] === undefined) return [];
    // The script that a shell is given with `-c`: its own commands are looked at by themselves.
    if (/^(?:ba|da|a|k|z)?sh$/.test(program) && /\s/.test(match[2])) return [];
    const name = match[1].replace(/^-D?/, "");
    if (secretName(name)?.strength !== "strong") return [];
    return credential(document, word, match[2], match[1], name, "generic");
  });
  const followed = readCommandLine(command.unwrapped).options.flatMap(({ name, long, word, valueWord }) => {
    if (!long || secretName(name)?.strength !== "strong" || word.value?.includes("=")) return [];
    const next = valueWord ?? words[words.indexOf(word) + 1];
    if (next?.value === undefined || next.value.startsWith("-") || switches.test(name)) return [];
    return credential(document, next, next.value, `--${name}`, name, "generic");
  });
  return [...named, ...followed];
}

/** Programs whose words are text, whose `password` is a switch, or for whose accounts there is a rule of its own. */
const talking: ReadonlySet<string> = new Set(
  "echo printf sed awk grep egrep test [ [[ git apt-get apk useradd usermod adduser groupadd groupmod drush".split(
    " ",
  ),
);
const switches =
  /^(?:no|disabled?|without|allow|skip|enable|use|with)-|stdin|prompt|^password-?(?:stdin|file)$/;

function valueAfter(
  { option, attached }: OptionForm,
  word: ShellWord,
  next: ShellWord | undefined,
): { readonly word: ShellWord; readonly text: string } | undefined {
  const { value } = word;
  if (value === undefined) return undefined;
  if (value === option)
    return attached === "only" || next?.value === undefined ? undefined : { word: next, text: next.value };
  const prefix = option.startsWith("--") ? `${option}=` : option;
  if (attached === "never" || !value.startsWith(prefix)) return undefined;
  return { word, text: value.slice(prefix.length) };
}

/** The value of a short option that stands behind others in one word: `curl -sSu user:password`. */
function valueInCluster(
  { option, attached }: OptionForm,
  word: ShellWord,
  { unwrapped }: ShellCommand,
): { readonly word: ShellWord; readonly text: string } | undefined {
  const text = word.value ?? "";
  if (attached !== "may" || !/^-\w$/.test(option) || !/^-\w{2}/.test(text) || text.startsWith(option))
    return undefined;
  const found = findOptions(unwrapped, option.slice(1), "").find((one) => one.word === word);
  if (found?.valueWord === undefined || found.value === undefined) return undefined;
  return { word: found.valueWord, text: found.value };
}

function credential(
  document: Searched,
  word: ShellWord,
  secret: string,
  name: string,
  judgedName: string,
  kind: PassedCredential["kind"],
): readonly PassedCredential[] {
  const judgement = judgeValue(secret, judgedName);
  if (!isSecretValue(judgement)) return [];
  const at = document.text.slice(word.span.start, word.span.end).lastIndexOf(secret);
  const start = word.span.start + at;
  const span = at < 0 ? word.span : { start, end: start + secret.length };
  return [{ span, name, severity: severities[judgement], kind }];
}

const severities: Readonly<Record<"weak-default" | "literal" | "random", Severity>> = {
  "weak-default": "low",
  literal: "medium",
  random: "high",
};
