import type { Page } from "playwright-core";
import { debugInfo, openByKeys, runCommand } from "./keyboard";
import { processes } from "./processes";
import type { VsCodeServer } from "./server";
import { retried, shoot } from "./workbench";

const pollMs = 200;
const mostPolls = 300;
/** After so many crashes within three minutes the client gives up. */
const lastCrash = 5;

/** Ends the language server as a crash would: first it comes back without a word, in the end the user is told once. */
export async function crashServer(page: Page, server: VsCodeServer): Promise<void> {
  await openByKeys(page, "compose.yaml");
  await page.waitForSelector(".monaco-editor .squiggly-error", { state: "attached" });
  let last = await running(server);
  for (let crash = 1; crash <= lastCrash; crash++) {
    process.kill(last, "SIGKILL");
    if (crash === lastCrash) break;
    last = await running(server, last);
    await retried(page, async () => {
      const info = await debugInfo(page);
      if (!info.includes("server Running")) throw new Error(`the server is not back: ${info}`);
    });
    if (crash > 1) continue;
    await page.waitForSelector(".monaco-editor .squiggly-error", { state: "attached" });
    if ((await page.locator(".notification-toast").count()) > 0) throw new Error("a single crash is told");
  }
  const told = page.locator(".notification-toast").getByText(/crashed 5 times in three minutes/);
  await told.waitFor();
  if ((await told.count()) !== 1) throw new Error("the end of the server is told more than once");
  await shoot(page, "keyboard-8-crashed");
  await runCommand(page, "Notifications: Clear All Notifications");
  await runCommand(page, "Plimsoll: Restart Server");
  await running(server, last);
  await page.waitForSelector(".monaco-editor .squiggly-error", { state: "attached" });
}

/** The process of the language server, other than one that has ended. */
async function running(server: VsCodeServer, other?: number): Promise<number> {
  for (let poll = 0; poll < mostPolls; poll++) {
    const found = processes().find(({ id, command }) => id !== other && isServer(server, command));
    if (found !== undefined) return found.id;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  throw new Error("the language server does not run");
}

function isServer({ home }: VsCodeServer, command: string): boolean {
  return command.includes(`${home}/extensions/`) && command.includes("server/out/server.js");
}
