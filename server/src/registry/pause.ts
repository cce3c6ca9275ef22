import { leastRemainingRequests, maxRegistryPause } from "../limits";
import type { HttpResponse } from "../platform/ports";

/** Where a registry says nothing of how long to wait, in milliseconds. */
const usualPause = 60_000;

/**
 * How long a registry is to be left alone after an answer, in milliseconds: it says that there were too many questions,
 * or few are left (https://docs.docker.com/docker-hub/usage/). `undefined` where it may be asked again at once.
 * @param now milliseconds since the epoch
 */
export function pauseAfter(response: HttpResponse, now: number): number | undefined {
  if (response.status === 429 || response.status === 503) {
    const wait = retryAfter(response.header("retry-after"), now);
    if (response.status === 503 && wait === undefined) return undefined;
    return Math.min(wait ?? usualPause, maxRegistryPause);
  }
  const [remaining, window] = remainingIn(response.header("ratelimit-remaining"));
  if (remaining === undefined || remaining >= leastRemainingRequests) return undefined;
  return Math.min(window ?? maxRegistryPause, maxRegistryPause);
}

function retryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined || header.length > 100) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

/** `76;w=21600`: what is left, and the window in milliseconds. */
function remainingIn(header: string | undefined): readonly [number | undefined, number | undefined] {
  const match = /^(\d{1,9})(?:;w=(\d{1,9}))?/.exec(header ?? "");
  if (match === null) return [undefined, undefined];
  return [Number(match[1]), match[2] === undefined ? undefined : Number(match[2]) * 1_000];
}
