/** The workbench with the packed extension, as a person would have it, and what all who drive it need. */
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { launchBrowser } from "./browser";
import { projectRoot, type ReleaseName } from "./install";
import { startVsCode, type VsCodeServer } from "./server";
import { temporaryFolder } from "./temporaryFolder";

/** An ignored folder, which keeps a picture of each step. */
const screenshots = path.join(projectRoot, "test/vscode/screenshots");

/** How long a step may take to show what it should, on a busy machine. */
const stepTimeoutMs = 60_000;
/** The same for a step that is done again where it shows nothing. */
const tryTimeoutMs = 6_000;
const mostTries = 10;
const pollMs = 200;

export interface WorkbenchOptions {
  /** Added to the user's. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of the machine that the extension runs on. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** The display language; English where it is left out. */
  readonly language?: string;
  /** Files beside the examples, by path; they are there before anything is opened, since nobody watches the folder here. */
  readonly files?: Readonly<Record<string, string>>;
  /** Other folders of the workspace, by their names; they lie beside that of the examples. */
  readonly folders?: readonly string[];
}

/**
 * Opens a copy of the examples in a workbench with the packed extension.
 *
 * @param walk what a person does there, with the folder that the copy is in; where it throws, `failed.png` shows how things stood
 */
export async function inWorkbench(
  release: ReleaseName,
  { settings, machineSettings = {}, language, files = {}, folders }: WorkbenchOptions,
  walk: (page: Page, folder: string, server: VsCodeServer) => Promise<void>,
): Promise<void> {
  const parent = temporaryFolder("plimsoll-ui-");
  const folder = path.join(parent.path, "shop");
  cpSync(path.join(projectRoot, "examples"), folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), text);
  }
  mkdirSync(screenshots, { recursive: true });
  const server = await startVsCode({
    release,
    testDriver: false,
    vsix: path.join(projectRoot, "plimsoll.vsix"),
    machineSettings,
    ...(language !== undefined && { language }),
    settings: {
      "workbench.colorTheme": process.env.THEME ?? "Default Dark Modern",
      "editor.minimap.enabled": false,
      ...settings,
    },
  });
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: "reduce",
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const page = await context.newPage();
    setTimeoutOf(page, stepTimeoutMs);
    const requests = foreignRequests(page, server.authority);
    await page.goto(`${server.url}/?${new URLSearchParams(opened(folder, folders))}`);
    try {
      await walk(page, folder, server);
    } catch (error) {
      await page.screenshot({ path: path.join(screenshots, "failed.png") });
      throw error;
    }
    if (requests.length > 0) throw new Error(`the page asked other hosts: ${requests.join(", ")}`);
  } finally {
    await browser.close();
    await server.stop();
    parent.remove();
  }
}

/** What the address of the workbench says is to be opened. */
function opened(folder: string, others: readonly string[] | undefined): Readonly<Record<string, string>> {
  if (others === undefined) return { folder };
  const workspace = path.join(path.dirname(folder), "harbour.code-workspace");
  const folders = [path.basename(folder), ...others].map((name) => ({ path: name }));
  writeFileSync(workspace, JSON.stringify({ folders }));
  return { workspace };
}

/**
 * Does something again until it has shown what it should: whatever takes the focus meanwhile, as a page in the editor does
 * when it is drawn, swallows keys and closes lists.
 *
 * @param act waits for what it should show by the page's own timeout, and may be done twice
 * @throws what the last try has thrown
 */
export async function retried<Result>(page: Page, act: () => Promise<Result>): Promise<Result> {
  const before = timeoutMs;
  for (let attempt = 1; ; attempt++) {
    setTimeoutOf(page, tryTimeoutMs);
    try {
      return await act();
    } catch (error) {
      if (attempt === mostTries) throw error;
      await page.keyboard.press("Escape");
    } finally {
      setTimeoutOf(page, before);
    }
  }
}

/** How long the page waits by itself; within a step that is done again, what it consists of waits no longer either. */
let timeoutMs = stepTimeoutMs;

function setTimeoutOf(page: Page, milliseconds: number): void {
  timeoutMs = milliseconds;
  page.setDefaultTimeout(milliseconds);
}

/**
 * Waits for what no page shows, such as a file on the disk, as long as the page waits for what it shows.
 * @param what the failure to throw where it does not come
 */
export async function eventually(what: string, isSo: () => boolean): Promise<void> {
  for (let waited = 0; !isSo(); waited += pollMs) {
    if (waited > timeoutMs) throw new Error(what);
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}

export async function shoot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(screenshots, `${name}.png`) });
}

/** Files of the editor's own webviews, which its service worker answers from the server. */
const webviewHost = ".vscode-resource.vscode-cdn.net";

/** Collects the addresses of requests that leave the machine: the extension promises that there are none. */
function foreignRequests(page: Page, authority: string): readonly string[] {
  const found: string[] = [];
  page.on("request", (request) => {
    const { protocol, host } = new URL(request.url());
    const isOwn = host === authority || host.endsWith(webviewHost);
    if (protocol.startsWith("http") && !isOwn) found.push(request.url());
  });
  return found;
}
