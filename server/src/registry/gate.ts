import { maxRegistryRequests, maxWaitingRequests } from "../limits";

/** Lets a few tasks run at once and the others wait; `full` is the answer where too many wait already. */
export type Gate = <T>(task: () => Promise<T>, full: T) => Promise<T>;

export function createGate(): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task, full) => {
    if (running >= maxRegistryRequests) {
      if (waiting.length >= maxWaitingRequests) return full;
      // Whoever ends hands its place over, so that nobody can slip in between.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else running++;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running--;
      else next();
    }
  };
}
