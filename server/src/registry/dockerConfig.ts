import { parseJson, propertyOf, textOf, textsOf } from "./json";

/** What the user's `config.json` says about registries (https://docs.docker.com/reference/cli/docker/). */
export interface DockerConfig {
  /** Credentials that stand in the file itself, by the key of their registry. */
  readonly stored: ReadonlyMap<string, Credentials>;
  /** The helper of single registries, and that of all others. */
  readonly helpers: ReadonlyMap<string, string>;
  readonly helper: string | undefined;
  /** Registries that the user has logged in to. */
  readonly registries: readonly string[];
}

export type Credentials =
  | { readonly kind: "password"; readonly username: string; readonly password: string }
  /** What an identity provider gave: it is changed for tokens, never sent to a registry. */
  | { readonly kind: "identity"; readonly token: string };

export const noDockerConfig: DockerConfig = {
  stored: new Map(),
  helpers: new Map(),
  helper: undefined,
  registries: [],
};

/** Reads a `config.json`. Never throws; what is not understood counts as not written. */
export function parseDockerConfig(text: string): DockerConfig {
  const root = parseJson(text);
  const auths = propertyOf(root, "auths");
  const keys = typeof auths === "object" && auths !== null ? Object.keys(auths) : [];
  const stored = new Map<string, Credentials>();
  for (const key of keys) {
    const credentials = credentialsIn(propertyOf(auths, key));
    if (credentials !== undefined) stored.set(key, credentials);
  }
  const helpers = textsOf(propertyOf(root, "credHelpers"));
  const registries = [...new Set([...keys, ...helpers.keys()])];
  return { stored, helpers, helper: textOf(root, "credsStore"), registries };
}

function credentialsIn(entry: unknown): Credentials | undefined {
  const token = textOf(entry, "identitytoken");
  if (token) return { kind: "identity", token };
  const auth = textOf(entry, "auth");
  const decoded = auth ? decodeBase64(auth) : undefined;
  if (decoded !== undefined) {
    const colon = decoded.indexOf(":");
    return colon < 1
      ? undefined
      : { kind: "password", username: decoded.slice(0, colon), password: decoded.slice(colon + 1) };
  }
  const username = textOf(entry, "username");
  const password = textOf(entry, "password");
  return username && password !== undefined ? { kind: "password", username, password } : undefined;
}

/** What a credential helper answers (https://github.com/docker/docker-credential-helpers). */
export function parseHelperAnswer(text: string): Credentials | undefined {
  const answer = parseJson(text);
  const username = textOf(answer, "Username");
  const secret = textOf(answer, "Secret");
  if (username === undefined || !secret) return undefined;
  return username === "<token>"
    ? { kind: "identity", token: secret }
    : { kind: "password", username, password: secret };
}

/** Whether a helper's name is one: it becomes a part of a program's name. */
export function isHelperName(name: string): boolean {
  return name.length <= 64 && /^[a-z0-9-]+$/.test(name);
}

/** Text as the bytes of its UTF-8 in base64, for a `Basic` header. */
export function encodeBase64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

function decodeBase64(text: string): string | undefined {
  try {
    return new TextDecoder().decode(bytesOfBase64(text));
  } catch {
    return undefined;
  }
}

/** The bytes of a base64 text. Throws where it is none. */
export function bytesOfBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
