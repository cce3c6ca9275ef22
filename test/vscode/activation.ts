/** What the activation of the extension costs its host, in which other extensions run as well. */
import type * as vscode from "vscode";

/**
 * Activates an extension while a timer ticks as fast as it may. The longest time between two ticks is how long nobody
 * else got their turn; the processor's time is told besides, since a busy machine stretches the other.
 *
 * @returns one line of numbers, in milliseconds
 */
export async function activationFigures(extension: vscode.Extension<unknown>): Promise<string> {
  const usage = (): number => {
    const host = globalThis as { process?: { cpuUsage?(): { user: number; system: number } } };
    const used = host.process?.cpuUsage?.();
    return used === undefined ? Number.NaN : (used.user + used.system) / 1000;
  };
  let longest = 0;
  let last = performance.now();
  let ticking = true;
  const tick = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (ticking) setTimeout(tick, 0);
  };
  tick();
  const start = performance.now();
  const used = usage();
  await extension.activate();
  const took = performance.now() - start;
  const processor = usage() - used;
  await new Promise((resolve) => setTimeout(resolve, 50));
  ticking = false;
  const figures = [
    `activated after ${took.toFixed(0)} ms`,
    `held the host for ${longest.toFixed(0)} ms at most`,
  ];
  if (!Number.isNaN(processor)) figures.push(`${processor.toFixed(0)} ms of the processor`);
  return figures.join(", ");
}
