import type { Fact } from "../engine/facts";
import { maxHeaderLength, maxTokenBytes, registryTimeout } from "../limits";
import type { DockerSettings, Http, HttpResponse } from "../platform/ports";
import { isNamed } from "./allowedHosts";
import type { Challenge } from "./challenge";
import {
  type Credentials,
  type DockerConfig,
  encodeBase64,
  isHelperName,
  parseHelperAnswer,
} from "./dockerConfig";
import { isLoopback, isOfOneOwner, nameOfHost } from "./domains";
import type { Endpoint } from "./endpoint";
import { parseJson, propertyOf, textOf } from "./json";
import { type Unknown, unknown } from "./unknown";

/** The value of an `Authorization` header. */
export interface Authorization {
  readonly header: string;
  /** Milliseconds that it may be used for. */
  readonly lifetime: number;
}

export interface AuthorizationSetup {
  readonly http: Http;
  readonly docker: DockerSettings;
  readonly config: DockerConfig;
  /** Hosts that the user has named: one of them may give tokens for another. */
  readonly named: readonly string[];
  readonly signal: AbortSignal | undefined;
}

/** The shortest life of a token by the protocol (https://distribution.github.io/distribution/spec/auth/token/). */
const shortestLifetime = 60_000;

/**
 * Answers a registry's challenge.
 * @param path the repository to be read
 */
export async function authorize(
  challenge: Challenge,
  endpoint: Endpoint,
  path: string,
  setup: AuthorizationSetup,
): Promise<Fact<Authorization>> {
  const credentials = await credentialsFor(endpoint, setup);
  if (challenge.scheme === "basic") {
    if (credentials.state !== "known") return noLogin(endpoint, credentials);
    if (credentials.value.kind === "identity")
      return unknown(`${endpoint.registry} wants a password, and the login holds an identity token`);
    return { state: "known", value: { header: basic(credentials.value), lifetime: Number.MAX_SAFE_INTEGER } };
  }
  const realm = realmOf(challenge.realm, endpoint, setup.named);
  if (typeof realm === "string") return unknown(realm);
  const known = credentials.state === "known" ? credentials.value : undefined;
  let response: HttpResponse;
  try {
    response = await setup.http.send(tokenRequest(realm, challenge.service, path, known, setup.signal));
  } catch (error) {
    return unknown(`${realm.host} gave no token: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (response.status !== 200) {
    if (credentials.state === "unknown") return credentials;
    const login = known === undefined ? "without a login" : "for the login at hand";
    return unknown(`${realm.host} gives no token ${login} (status ${response.status})`);
  }
  return tokenIn(response.body, realm.host);
}

function tokenIn(body: Uint8Array, host: string): Fact<Authorization> {
  const answer = parseJson(body);
  const token = textOf(answer, "token") || textOf(answer, "access_token");
  if (!token || token.length > maxHeaderLength || !/^[\x21-\x7e]+$/.test(token))
    return unknown(`${host} answered without a token`);
  const seconds = propertyOf(answer, "expires_in");
  const lifetime = typeof seconds === "number" && seconds > 0 ? seconds * 1_000 : shortestLifetime;
  return { state: "known", value: { header: `Bearer ${token}`, lifetime } };
}

function tokenRequest(
  realm: URL,
  service: string | undefined,
  path: string,
  credentials: Credentials | undefined,
  signal: AbortSignal | undefined,
): Parameters<Http["send"]>[0] {
  const common = { maxBytes: maxTokenBytes, timeout: registryTimeout, signal };
  const scope = `repository:${path}:pull`;
  if (credentials?.kind === "identity") {
    const form = new URLSearchParams({ grant_type: "refresh_token", client_id: "plimsoll", scope });
    if (service !== undefined) form.set("service", service);
    form.set("refresh_token", credentials.token);
    const headers = {
      accept: "application/json",
      "content-type": "application/x-www-form-urlencoded",
    };
    return { ...common, method: "POST", url: realm.href, headers, body: form.toString() };
  }
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set("service", service);
  url.searchParams.set("scope", scope);
  const login = credentials === undefined ? {} : { authorization: basic(credentials) };
  return { ...common, method: "GET", url: url.href, headers: { accept: "application/json", ...login } };
}

/** The realm that tokens come from, or why it is not asked: only the registry's owner may see what is asked and who asks. */
function realmOf(text: string, endpoint: Endpoint, named: readonly string[]): URL | string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username !== "" || url.password !== "")
    return `${endpoint.registry} names no place that gives tokens`;
  const encrypted = url.protocol === "https:";
  if (!encrypted && !(url.protocol === "http:" && isLoopback(url.host) && isLoopback(endpoint.host)))
    return `${endpoint.registry} names a place for tokens that is not encrypted`;
  const own = isOfOneOwner(nameOfHost(url.host), nameOfHost(endpoint.host));
  return own || isNamed(url.host, named)
    ? url
    : `${endpoint.registry} sends to ${url.host} for tokens, which is not of its own domain`;
}

function basic(credentials: Extract<Credentials, { kind: "password" }>): string {
  return `Basic ${encodeBase64(`${credentials.username}:${credentials.password}`)}`;
}

/** The user's login at a registry, as the Docker command line would find it. */
async function credentialsFor(
  { credentialKeys, registry }: Endpoint,
  { docker, config }: AuthorizationSetup,
): Promise<Fact<Credentials>> {
  const keyOfHelper = credentialKeys.find((key) => config.helpers.has(key));
  const helper = keyOfHelper === undefined ? config.helper : config.helpers.get(keyOfHelper);
  if (helper === undefined || helper === "") {
    const stored = credentialKeys.flatMap((key) => config.stored.get(key) ?? [])[0];
    return stored === undefined ? { state: "absent" } : { state: "known", value: stored };
  }
  if (!isHelperName(helper)) return unknown(`the credential helper for ${registry} has no usable name`);
  try {
    const answer = await docker.askHelper(helper, keyOfHelper ?? credentialKeys[0]!);
    if (answer === undefined) return { state: "absent" };
    const credentials = parseHelperAnswer(answer);
    return credentials === undefined
      ? unknown(`docker-credential-${helper} gave no login for ${registry}`)
      : { state: "known", value: credentials };
  } catch (error) {
    return unknown(`docker-credential-${helper}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function noLogin(
  { registry }: Endpoint,
  credentials: Exclude<Fact<Credentials>, { state: "known" }>,
): Unknown {
  return credentials.state === "unknown"
    ? credentials
    : unknown(`${registry} wants a login: docker login ${registry}`);
}
