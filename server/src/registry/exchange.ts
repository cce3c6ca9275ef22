import type { ImageReference } from "../documents/imageReference";
import type { Fact } from "../engine/facts";
import {
  failureLifetime,
  maxConfigBytes,
  maxRedirects,
  maxRegistryAnswers,
  maxRegistryFailures,
  registryTimeout,
  tagLifetime,
} from "../limits";
import type { HttpResponse, RegistryPorts } from "../platform/ports";
import { isAllowedRegistry, isNamed } from "./allowedHosts";
import { type Authorization, authorize } from "./authorization";
import { parseChallenge } from "./challenge";
import { type DockerConfig, noDockerConfig, parseDockerConfig } from "./dockerConfig";
import { isLoopback, isOfOneOwner, nameOfHost } from "./domains";
import { type Endpoint, endpointOf, isStorageOf } from "./endpoint";
import { createGate } from "./gate";
import { pauseAfter } from "./pause";
import { unknown } from "./unknown";

/** A question to the registry of an image, below `/v2/<repository>/`. */
export interface Question {
  readonly method: "GET" | "HEAD";
  /** `manifests/1.0`, `blobs/sha256:…`, `referrers/sha256:…`. */
  readonly what: string;
  readonly accept?: string;
  readonly maxBytes: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Puts questions to registries, with the login, the limits and the borders that hold for each. An answer is *known*
 * with status 200 alone, and *absent* where the registry says that there is no such thing.
 */
export interface Exchange {
  ask(reference: ImageReference, question: Question): Promise<Fact<HttpResponse>>;
  /** Why the registry of an image is not among those that may be asked; `undefined` where it is. */
  refusalOf(reference: ImageReference): Promise<string | undefined>;
}

/**
 * @param named registries that the user has named beside those that anybody may ask
 */
export function createExchange(ports: RegistryPorts, named: () => readonly string[]): Exchange {
  const { http, clock, docker } = ports;
  const gate = createGate();
  const paused = new Map<string, number>();
  const failures = new Map<string, number>();
  const authorizations = new Map<string, { readonly header: string; readonly until: number }>();
  const dockerConfig = createDockerConfig(ports);

  const notAllowed = async (endpoint: Endpoint): Promise<string | undefined> => {
    const { registries } = await dockerConfig();
    return isAllowedRegistry(endpoint, named(), registries)
      ? undefined
      : `${endpoint.registry} is not among the registries that may be asked`;
  };
  const refusal = async (endpoint: Endpoint): Promise<string | undefined> => {
    const refused = await notAllowed(endpoint);
    if (refused !== undefined) return refused;
    const until = paused.get(endpoint.registry) ?? 0;
    if (until <= clock.now()) return undefined;
    const why =
      (failures.get(endpoint.registry) ?? 0) >= maxRegistryFailures ? "did not answer" : "has had enough";
    return `${endpoint.registry} ${why} and is left alone until ${timeOf(until)}`;
  };

  const send = async (endpoint: Endpoint, url: string, question: Question, header: string | undefined) => {
    const response = await http.send({
      method: question.method,
      url,
      headers: {
        "user-agent": "plimsoll",
        ...(question.accept !== undefined && { accept: question.accept }),
        // Whoever is sent elsewhere comes there without the login.
        ...(header !== undefined && url.startsWith(`${endpoint.origin}/`) && { authorization: header }),
      },
      maxBytes: question.maxBytes,
      timeout: registryTimeout,
      signal: question.signal,
    });
    const pause = url.startsWith(`${endpoint.origin}/`) ? pauseAfter(response, clock.now()) : undefined;
    if (pause !== undefined) paused.set(endpoint.registry, clock.now() + pause);
    return response;
  };

  const follow = async (
    endpoint: Endpoint,
    start: string,
    question: Question,
    header: string | undefined,
  ): Promise<HttpResponse | string> => {
    let url = start;
    for (let hops = 0; ; hops++) {
      const response = await send(endpoint, url, question, header);
      if (![301, 302, 303, 307, 308].includes(response.status)) return response;
      if (hops === maxRedirects) return `${endpoint.registry} sends on without end`;
      const next = redirectTarget(response.header("location"), url, endpoint, named());
      if (next instanceof URL) url = next.href;
      else return next;
    }
  };

  const ask: Exchange["ask"] = async (reference, question) => {
    const endpoint = endpointOf(reference);
    const refused = await refusal(endpoint);
    if (refused !== undefined) return unknown(refused);
    const url = `${endpoint.origin}/v2/${reference.path}/${question.what}`;
    const scope = `${endpoint.registry} ${reference.path}`;
    const kept = authorizations.get(scope);
    let response = await follow(
      endpoint,
      url,
      question,
      kept && kept.until > clock.now() ? kept.header : undefined,
    );
    if (typeof response === "string") return unknown(response);
    if (response.status === 401) {
      const challenge = parseChallenge(response.header("www-authenticate"));
      if (challenge === undefined) return unknown(`${endpoint.registry} does not say how to log in`);
      const setup = {
        http,
        docker,
        named: named(),
        signal: question.signal,
        config: await dockerConfig(),
      };
      const given: Fact<Authorization> = await authorize(challenge, endpoint, reference.path, setup);
      if (given.state !== "known") return given;
      if (authorizations.size >= maxRegistryAnswers) authorizations.clear();
      authorizations.set(scope, {
        header: given.value.header,
        until: clock.now() + Math.min(given.value.lifetime, tagLifetime),
      });
      response = await follow(endpoint, url, question, given.value.header);
      if (typeof response === "string") return unknown(response);
    }
    return judged(response, endpoint, reference, paused.get(endpoint.registry));
  };

  const inTurn: Exchange["ask"] = (reference, question) =>
    gate(async () => {
      const { registry } = endpointOf(reference);
      try {
        const answer = await ask(reference, question);
        failures.delete(registry);
        return answer;
      } catch (error) {
        // A registry that is down would else hold up every image of a file for the time limit.
        const failed = question.signal?.aborted === true ? 0 : (failures.get(registry) ?? 0) + 1;
        failures.set(registry, failed);
        if (failed >= maxRegistryFailures) paused.set(registry, clock.now() + failureLifetime);
        const reason = error instanceof Error ? error.message : String(error);
        return unknown(`${registry} could not be asked: ${reason}`);
      }
    }, unknown("too many questions to registries at once"));
  return { ask: inTurn, refusalOf: (reference) => notAllowed(endpointOf(reference)) };
}

function judged(
  response: HttpResponse,
  { registry }: Endpoint,
  { familiar }: ImageReference,
  pausedUntil: number | undefined,
): Fact<HttpResponse> {
  switch (response.status) {
    case 200:
      return { state: "known", value: response };
    case 404:
      return { state: "absent" };
    case 401:
    case 403:
      return unknown(`${registry} gives no access to ${familiar}, or it does not exist`);
    case 429: {
      const wait = pausedUntil === undefined ? "" : ` and is left alone until ${timeOf(pausedUntil)}`;
      return unknown(`${registry} has had enough${wait}`);
    }
    default:
      return unknown(`${registry} answered with status ${response.status}`);
  }
}

/** Where a redirect may lead: to the registry's own domain, its storage, or a host that the user has named. */
function redirectTarget(
  location: string | undefined,
  from: string,
  endpoint: Endpoint,
  named: readonly string[],
): URL | string {
  if (location === undefined || !URL.canParse(location, from))
    return `${endpoint.registry} sends on to nowhere`;
  const url = new URL(location, from);
  const ofRegistry = isOfOneOwner(nameOfHost(url.host), nameOfHost(endpoint.host));
  const plain = url.protocol === "http:" && isLoopback(url.host) && isLoopback(endpoint.host);
  if (url.username !== "" || url.password !== "" || (url.protocol !== "https:" && !plain))
    return `${endpoint.registry} sends on to a place that is not safe to follow`;
  if (ofRegistry || isStorageOf(endpoint, url.host) || isNamed(url.host, named)) return url;
  return `${endpoint.registry} sends on to ${url.host}, which is not known to be its own`;
}

/** The user's `config.json`, read again from time to time: they may log in meanwhile. */
function createDockerConfig({ docker, clock }: RegistryPorts): () => Promise<DockerConfig> {
  let kept: { readonly config: Promise<DockerConfig>; readonly until: number } | undefined;
  return () => {
    if (kept === undefined || kept.until <= clock.now()) {
      const read = docker.readConfig();
      const config = read.then((result) =>
        result.state === "read" && result.text.length <= maxConfigBytes
          ? parseDockerConfig(result.text)
          : noDockerConfig,
      );
      kept = { config, until: clock.now() + tagLifetime };
    }
    return kept.config;
  };
}

function timeOf(time: number): string {
  return `${new Date(time).toISOString().slice(11, 16)} UTC`;
}
