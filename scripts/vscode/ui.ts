/**
 * Does with the packed extension what a person would do, in the workbench itself, and keeps a screenshot of each step
 * in the ignored folder `test/vscode/screenshots/`.
 */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { launchBrowser } from "./browser";
import { projectRoot, type ReleaseName } from "./install";
import { startVsCode, type VsCodeServer } from "./server";
import { temporaryFolder } from "./temporaryFolder";
import { visitWalkthrough } from "./walkthroughUi";

const screenshots = path.join(projectRoot, "test/vscode/screenshots");
const stepTimeoutMs = 40_000;

/** Throws where a step does not show what it should. */
export async function runUi(release: ReleaseName): Promise<void> {
  rmSync(screenshots, { recursive: true, force: true });
  await inWorkbench(release, {}, walkThrough);
}

/**
 * Opens a copy of the examples in a workbench with the packed extension.
 *
 * @param settings added to the user's
 * @param walk what a person does there, with the folder that the copy is in; where it throws, `failed.png` shows how things stood
 */
export async function inWorkbench(
  release: ReleaseName,
  settings: Readonly<Record<string, unknown>>,
  walk: (page: Page, folder: string, server: VsCodeServer) => Promise<void>,
): Promise<void> {
  const parent = temporaryFolder("plimsoll-ui-");
  const folder = path.join(parent.path, "shop");
  cpSync(path.join(projectRoot, "examples"), folder, { recursive: true });
  mkdirSync(screenshots, { recursive: true });
  const server = await startVsCode({
    release,
    testDriver: false,
    vsix: path.join(projectRoot, "plimsoll.vsix"),
    settings: {
      "workbench.colorTheme": "Default Dark Modern",
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
    page.setDefaultTimeout(stepTimeoutMs);
    const requests = foreignRequests(page, server.authority);
    await page.goto(`${server.url}/?${new URLSearchParams({ folder })}`);
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

async function walkThrough(page: Page): Promise<void> {
  await page.waitForSelector(".monaco-workbench .explorer-folders-view .monaco-list-row");
  await openFile(page, "compose.yaml");
  await page.waitForSelector(".monaco-editor .squiggly-error", { state: "attached" });
  await shoot(page, "1-compose");

  await openFile(page, "Dockerfile");
  await page.waitForSelector(".monaco-editor .squiggly-warning", { state: "attached" });
  await shoot(page, "2-dockerfile");

  await applyQuickFix(page);
  await auditWorkspace(page);
  await readReport(page);

  await chooseTheme(page, "Light Modern");
  await page.waitForSelector(".monaco-workbench.vs");
  await shoot(page, "7-light");
  await chooseTheme(page, "Dark High Contrast");
  await page.waitForSelector(".monaco-workbench.hc-black");
  await shoot(page, "8-high-contrast");

  await visitWalkthrough({
    page,
    runCommand: (title) => runCommand(page, title),
    chooseTheme: (label) => chooseTheme(page, label),
    shoot: (name) => shoot(page, name),
  });
}

export async function chooseTheme(page: Page, label: string): Promise<void> {
  const focused = (text: string | RegExp) =>
    page.locator(".quick-input-list .monaco-list-row.focused", { hasText: text });
  for (let attempt = 1; ; attempt++) {
    await runCommand(page, "Preferences: Color Theme");
    const timeout = attempt === mostAttempts ? stepTimeoutMs : paletteTimeoutMs;
    try {
      // The list opens on the theme in use.
      await focused(/Dark|Light/).waitFor({ timeout });
      await page.keyboard.type(label);
      await focused(label).waitFor({ timeout });
      break;
    } catch (error) {
      if (attempt === mostAttempts) throw error;
      // What takes the focus meanwhile, as a page in the editor does when it is drawn, closes the list.
      await page.keyboard.press("Escape");
    }
  }
  await page.keyboard.press("Enter");
  await page.waitForSelector(".quick-input-widget", { state: "hidden" });
}

export async function openFile(page: Page, name: string): Promise<void> {
  await page
    .getByRole("treeitem", { name: new RegExp(`^${name.replaceAll(".", "\\.")}\\b`) })
    .first()
    .dblclick();
  await page.waitForSelector(`.tab.active[data-resource-name="${name}"]`);
  await page.waitForSelector(".monaco-editor .view-line");
}

/** Takes the first fix of the menu under Ctrl+. for the user that the image runs as. */
async function applyQuickFix(page: Page): Promise<void> {
  const line = page.locator(".editor-instance .view-line", { hasText: /^USER\sroot$/ });
  await line.click();
  await page.keyboard.press("End");
  await page.waitForSelector('[class*="codicon-gutter-lightbulb"]');
  await page.keyboard.press("Control+.");
  await page.waitForSelector(".action-widget .monaco-list-row.action");
  await shoot(page, "3-quick-fix");
  const titles = await page.locator(".action-widget .monaco-list-row.action").allTextContents();
  if (!titles.some((title) => /ignore/i.test(title)))
    throw new Error(`no way to ignore: ${titles.join("; ")}`);
  await page.keyboard.press("Enter");
  await page.waitForSelector('.tab.active.dirty[data-resource-name="Dockerfile"]');
  await line.waitFor({ state: "detached" });
  await shoot(page, "4-fixed");
  await page.keyboard.press("Control+s");
}

async function auditWorkspace(page: Page): Promise<void> {
  await runCommand(page, "Plimsoll: Audit Workspace");
  await page
    .locator(".notification-toast")
    .getByText(/Plimsoll checked \d+ files?/)
    .waitFor();
  await shoot(page, "5-audited");
}

async function readReport(page: Page): Promise<void> {
  await page.locator(".notification-toast").getByRole("button", { name: "Open Report" }).click();
  const report = page.frameLocator("iframe.webview").first().frameLocator("#active-frame");
  await report.getByText("compose-privileged").first().waitFor();
  // The report's own script is the only one that may run here: without it the filters stay hidden.
  await report.locator("#filters").waitFor();
  // The view of the results comes with the first audit.
  await page.locator(".activitybar").getByRole("tab", { name: "Plimsoll" }).click();
  await page.locator(".pane-body .monaco-list-row", { hasText: "compose.yaml" }).first().waitFor();
  await shoot(page, "6-report");
}

/** Chooses a command in the palette, by keyboard. */
export async function runCommand(page: Page, title: string): Promise<void> {
  const row = (state: string) => page.locator(`.quick-input-list .monaco-list-row${state} .label-name`);
  const named = row("")
    .filter({ hasText: exactly(title) })
    .first();
  for (let attempt = 1; ; attempt++) {
    await page.keyboard.press("F1");
    await page.keyboard.type(title);
    const timeout = attempt === mostAttempts ? stepTimeoutMs : paletteTimeoutMs;
    const shown = await named.waitFor({ timeout }).then(
      () => true,
      () => false,
    );
    if (shown) break;
    if (attempt === mostAttempts) throw new Error(`there is no command ${title}`);
    // The palette holds what was known when it was opened: early on, not yet the commands of extensions.
    await page.keyboard.press("Escape");
  }
  // The best match is not always the one of that name.
  for (let step = 0; step < mostMatches; step++) {
    if ((await row(".focused").first().textContent()) === title) break;
    await page.keyboard.press("ArrowDown");
  }
  await page.keyboard.press("Enter");
}

const mostAttempts = 12;
const paletteTimeoutMs = 5_000;

/** Commands that one title may match. */
const mostMatches = 30;

function exactly(text: string): RegExp {
  return new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`);
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
