import { type Browser, chromium, type Page } from "playwright-core";
import { installChromium } from "./install";

/** Starts a Chromium that talks to nobody but the pages it is sent to. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: installChromium(),
    headless: true,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}

/** What an extension host said about a test suite. */
export interface SuiteOutcome {
  /** 0 when the suite passed. */
  readonly code: number;
  /** The suite's own lines. */
  readonly lines: readonly string[];
}

/** Lines that start so come from a suite; the rest of a host's console is its own. */
export const suiteLine = /^(?:ok|not ok|skip) - |^\d+ passed|^INFO /;

/**
 * Opens a workbench whose address or configuration names a suite, and waits for its end.
 *
 * @param page a page of its own
 * @param url the workbench's address
 * @param timeoutMs after which the suite counts as hanging
 */
export async function runSuiteInPage(page: Page, url: string, timeoutMs: number): Promise<SuiteOutcome> {
  const lines: string[] = [];
  // These two names are what the workbench calls when the test driver is on.
  const exit = new Promise<number>((resolve) => page.exposeFunction("codeAutomationExit", resolve));
  await page.exposeFunction("codeAutomationLog", (_type: string, args: readonly unknown[]) => {
    const text = args.map(String).join(" ");
    if (process.env.VERBOSE) console.log(`[host] ${text}`);
    // A console in a worker puts its style into a first argument.
    lines.push(...text.split("\n").filter((line) => suiteLine.test(line)));
  });
  if (process.env.VERBOSE) page.on("console", (message) => console.log(`[page] ${message.text()}`));
  await page.goto(url);
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<"timeout">((resolve) => {
    timer = setTimeout(resolve, timeoutMs, "timeout");
  });
  const result = await Promise.race([exit, timeout]);
  clearTimeout(timer);
  if (result !== "timeout") return { code: result, lines };
  return { code: 1, lines: [...lines, `no result within ${timeoutMs} ms`] };
}
