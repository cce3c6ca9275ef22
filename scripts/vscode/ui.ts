/**
 * Does with the packed extension what a person would do, in the workbench itself, and keeps a screenshot of each step
 * in the ignored folder `test/vscode/screenshots/`.
 */
import type { Page } from "playwright-core";
import type { ReleaseName } from "./install";
import { chooseTheme, runCommand } from "./keyboard";
import { visitWalkthrough } from "./walkthroughUi";
import { inWorkbench, shoot } from "./workbench";

/** Throws where a step does not show what it should. */
export async function runUi(release: ReleaseName): Promise<void> {
  await inWorkbench(release, {}, walkThrough);
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

  await visitWalkthrough(page);
}

/** Opens a file with the mouse. */
async function openFile(page: Page, name: string): Promise<void> {
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
