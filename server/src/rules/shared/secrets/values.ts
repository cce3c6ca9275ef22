import { maxSecretLength } from "../../../ruleLimits";
import { entropyPerCharacter, isWeakPassword, looksLikePlaceholder } from "./wording";

/**
 * What a value is, whatever its name. The last four rise in weight: a placeholder is no secret yet, a weak default
 * is one that everybody knows, a literal was chosen by somebody, and a random one was made by a machine.
 */
export type ValueJudgement =
  | "empty"
  | "reference"
  | "path"
  | "flag"
  | "number"
  | "version"
  | "url"
  | "fingerprint"
  | "public-key"
  | "class-name"
  | "placeholder"
  | "weak-default"
  | "literal"
  | "random";

/** Whether a value would open something: a weak default, a literal or a random one. */
export function isSecretValue(judgement: ValueJudgement): judgement is "weak-default" | "literal" | "random" {
  return judgement === "weak-default" || judgement === "literal" || judgement === "random";
}

/**
 * Judges a value by its form. `${NAME:-default}` is judged by its default, since that is what will be used.
 *
 * @param value quotes around it do not count; at most 4,096 characters are looked at
 * @param name the variable it is given to: a value equal to a part of its own name is a weak default, digits are a
 *   password where the name says so, and a long hexadecimal number is a fingerprint only where the name is no
 *   password's or token's
 */
export function judgeValue(value: string, name = ""): ValueJudgement {
  return judge(unquote(value.slice(0, maxSecretLength).trim()), name, 0);
}

function judge(text: string, name: string, depth: number): ValueJudgement {
  if (text === "" || /^(?:null|nil|none|undefined|~|-|n\/a)$/i.test(text)) return "empty";
  const hash = /^\$\$?(?:2[aby]|apr1|argon2[a-z]{0,2}|[156y]|pbkdf2[a-z0-9-]{0,12})\$/.test(text);
  if (hash) return "random";
  const inner = depth < 5 ? defaultOf(text) : undefined;
  if (inner !== undefined) return judge(unquote(inner.trim()), name, depth + 1);
  if (isReference(text)) return "reference";
  return judgeForm(text, name) ?? judgeWording(text, name);
}

/** What the form alone tells. */
function judgeForm(text: string, name: string): ValueJudgement | undefined {
  if (/^(?:true|false|yes|no|on|off|enabled?|disabled?|[01])$/i.test(text)) return "flag";
  if (/^[+-]?\d{1,30}(?:\.\d{1,10})?(?:[smhdwkKMGT]|ms|[kKMG]i?[bB])?$/.test(text)) {
    return isPasswordName(name) && /^\d{3,}$/.test(text) ? "weak-default" : "number";
  }
  if (/^v?\d{1,5}(?:\.\d{1,5}){1,3}(?:[-+.][A-Za-z0-9.]{1,20})?$/.test(text)) return "version";
  if (/^[A-Za-z][A-Za-z0-9+.-]{1,30}:\/\//.test(text)) return "url";
  if (isPublicKey(text)) return "public-key";
  if (isFingerprint(text, name)) return "fingerprint";
  if (isPath(text)) return "path";
  return isClassName(text) ? "class-name" : undefined;
}

function judgeWording(text: string, name: string): ValueJudgement {
  if (looksLikePlaceholder(text)) return "placeholder";
  if (isWeakPassword(text, name)) return "weak-default";
  return isRandom(text) ? "random" : "literal";
}

function unquote(text: string): string {
  const first = text[0];
  const quoted =
    text.length >= 2 && (first === '"' || first === "'" || first === "`") && text.endsWith(first);
  return quoted ? text.slice(1, -1).trim() : text;
}

/** The default of a text that is one interpolation and nothing else. */
function defaultOf(text: string): string | undefined {
  const match = /^\$\{[A-Za-z_][A-Za-z0-9_]{0,200}:?-/.exec(text);
  if (!match || !text.endsWith("}")) return undefined;
  const inner = text.slice(match[0].length, -1);
  let depth = 0;
  for (const character of inner) {
    if (character === "{") depth++;
    if (character === "}" && --depth < 0) return undefined;
  }
  return inner;
}

/** Whether the value comes from elsewhere: a variable, a template, a secret store; apart from separators and fixed words. */
function isReference(text: string): boolean {
  if (/^(?:op|vault|awssm|gcpsm|azkv|sm|ssm|secretref|keyvault|infisical|doppler):\/\//i.test(text))
    return true;
  if (/^(?:arn:aws[a-z-]{0,10}:|ENC\[|AQICAH|vault:|\{\{resolve:)/.test(text)) return true;
  return (
    /\$\{|\$\(|(?<!\$)\$[A-Za-z_]|^\$\$[A-Za-z_{(]|\{\{|<%|^%[A-Za-z_]\w{0,100}%$|^@@?[A-Z_]{2,100}@@?$/.test(
      text,
    ) || /^`[^`]{1,200}`$/.test(text)
  );
}

function isPath(text: string): boolean {
  if (/\s/.test(text) || text.length > 512) return false;
  if (/^(?:\.{1,2}|~)?\//.test(text)) return !isRandom(text) || text.lastIndexOf("/") > 0;
  if (/^(?:[A-Za-z]:)?\\/.test(text)) return true;
  return /^[\w./@-]{1,200}\.(?:pem|key|crt|cer|pub|json|ya?ml|txt|jks|p12|pfx|pass|env|conf|cfg|ini|toml|properties|keystore|truststore|sh|py|sql)$/i.test(
    text,
  );
}

function isPublicKey(text: string): boolean {
  return /^(?:ssh-(?:rsa|ed25519|dss) AAAA|ecdsa-sha2-|sk-ssh-|age1[a-z0-9]{20}|-----BEGIN (?:PUBLIC KEY|CERTIFICATE|RSA PUBLIC|PGP PUBLIC|SSH2 PUBLIC))/.test(
    text,
  );
}

/** Hexadecimal ids of keys and contents: 40 digits in a row or in groups, pairs with colons, `sha256:…`. */
function isFingerprint(text: string, name: string): boolean {
  if (/^(?:sha(?:1|256|384|512)|md5)[:-][A-Za-z0-9+/=]{20,128}$/i.test(text)) return true;
  if (/^(?:[0-9A-Fa-f]{2}:){7,63}[0-9A-Fa-f]{2}$/.test(text) || /^0x[0-9A-Fa-f]{8,40}$/.test(text))
    return true;
  if (/^(?:[0-9A-F]{4} {1,2}){3,9}[0-9A-F]{4}$/.test(text)) return true;
  if (/^(?:[0-9A-F]{40}|[0-9A-F]{16})(?:[ ,]+(?:[0-9A-F]{40}|[0-9A-F]{16})){0,40}$/.test(text)) return true;
  return /^[0-9a-f]{40}(?:[ ,]+[0-9a-f]{40}){0,40}$/.test(text) && !isOpeningName(name);
}

/** A dotted name of a class, package or field: `org.apache.kafka.StringConverter`, `.role`. */
function isClassName(text: string): boolean {
  if (/^\.[a-z_]+(?:\.[a-z_]+){0,5}$/i.test(text)) return true;
  const parts = text.split(".");
  return (
    parts.length >= 3 &&
    parts.length <= 15 &&
    parts.every((part) => /^[A-Za-z_$][A-Za-z_$0-9]{0,60}$/.test(part))
  );
}

/** Whether a text has the spread of characters that machines make and people do not. */
function isRandom(text: string): boolean {
  if (text.length < 12 || /\s/.test(text) || isWords(text) || hasSequence(text)) return false;
  const entropy = entropyPerCharacter(text);
  if (/^[0-9a-f]+$|^[0-9A-F]+$/.test(text)) return text.length >= 20 && entropy >= 2.8 && /\d/.test(text);
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((one) => one.test(text)).length;
  if (text.length < 20) return classes >= 3 && entropy >= 3.2 && changesOfClass(text) >= 5;
  return classes >= 2 && entropy >= 3.5 && changesOfClass(text) >= 5;
}

/** Whether a text counts up, as people do at a keyboard: a literal, however long. */
function hasSequence(text: string): boolean {
  return /123456789|abcdefghi|qwertyuio/i.test(text);
}

/** Whether a text is made of words with separators: a phrase that somebody thought of. */
function isWords(text: string): boolean {
  const parts = text.split(/[^A-Za-z0-9]+/).filter((part) => part !== "");
  return (
    parts.length > 1 &&
    parts.every((part) => /^(?:[A-Z]?[a-z]+|[A-Z]+|\d{1,4})$/.test(part) && part.length <= 16)
  );
}

/** How often a text changes between letters of either case, digits and other characters. */
function changesOfClass(text: string): number {
  const kindOf = (character: string) =>
    /[a-z]/.test(character) ? 0 : /[A-Z]/.test(character) ? 1 : /\d/.test(character) ? 2 : 3;
  let changes = 0;
  for (let index = 1; index < Math.min(text.length, 256); index++) {
    if (kindOf(text[index] ?? "") !== kindOf(text[index - 1] ?? "")) changes++;
  }
  return changes;
}

function isPasswordName(name: string): boolean {
  return /pass|pwd/i.test(name);
}

function isOpeningName(name: string): boolean {
  return /pass|pwd|token|secret/i.test(name);
}
