/** Uses what stands around findings as a person without a mouse would, in the workbench itself. */
import type { Page } from "playwright-core";
import { fixAllSafe } from "./fixWorkspaceUi";
import type { ReleaseName } from "./install";
import { chooseTheme, inWorkbench, openFile, runCommand, shoot } from "./ui";

const startTimeoutMs = 240_000;

/** Throws where a step does not show what it should. */
export async function runEditorUi(release: ReleaseName): Promise<void> {
  await inWorkbench(release, { "plimsoll.inlayHints.user": true }, walkThrough);
}

async function walkThrough(page: Page, folder: string): Promise<void> {
  await page.waitForSelector(".monaco-workbench .explorer-folders-view .monaco-list-row");
  await openFile(page, "compose.yaml");
  // The extension starts only now, which takes its time on a busy machine.
  await page
    .locator(".codelens-decoration", { hasText: "Harden" })
    .first()
    .waitFor({ timeout: startTimeoutMs });
  await shoot(page, "editor-1-services");

  await openFile(page, "Dockerfile");
  await page.locator(".codelens-decoration", { hasText: /runs as root/ }).waitFor();
  await page.locator(".view-line", { hasText: "user: root" }).first().waitFor();
  await shoot(page, "editor-2-stage");

  await chooseTheme(page, "Light Modern");
  await page.waitForSelector(".monaco-workbench.vs");
  await shoot(page, "editor-2-light");
  await chooseTheme(page, "Dark High Contrast");
  await page.waitForSelector(".monaco-workbench.hc-black");
  await shoot(page, "editor-2-high-contrast");
  await chooseTheme(page, "Dark Modern");

  await hoverImage(page);
  await ignoreWithReason(page);
  await reportFalsePositive(page);
  await groupAudit(page);
  await previewFixes(page);
  await fixAllSafe(page, folder, { runCommand, shoot });
  await readStatus(page);
}

async function goToLine(page: Page, line: number): Promise<void> {
  await page.keyboard.press("Control+g");
  await page.waitForSelector(".quick-input-widget:not([style*='display: none'])");
  await page.keyboard.type(`${line}:7`);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".quick-input-widget", { state: "hidden" });
}

async function hoverImage(page: Page): Promise<void> {
  await goToLine(page, 2);
  await page.keyboard.press("Control+k");
  await page.keyboard.press("Control+i");
  await page.locator(".monaco-hover", { hasText: "Docker Official Image" }).waitFor();
  await shoot(page, "editor-3-image");
  await page.keyboard.press("Escape");
}

async function ignoreWithReason(page: Page): Promise<void> {
  await goToLine(page, 19);
  await page.keyboard.press("Control+.");
  await page.waitForSelector(".action-widget .monaco-list-row.action");
  const focused = page.locator(".action-widget .monaco-list-row.action.focused");
  for (let step = 0; step < 40; step++) {
    if (/^Ignore .* on this line…/.test((await focused.textContent()) ?? "")) break;
    await page.keyboard.press("ArrowDown");
  }
  await shoot(page, "editor-4-actions");
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-title", { hasText: "(1 of 2)" }).waitFor();
  await page.keyboard.type("the entrypoint steps down");
  await shoot(page, "editor-5-reason");
  await page.keyboard.press("Enter");
  await page.locator(".quick-input-title", { hasText: "(2 of 2)" }).waitFor();
  await page.keyboard.type("2099-03-01");
  await page.keyboard.press("Enter");
  await page
    .locator(".view-line", { hasText: /plimsoll-ignore.*until.*2099-03-01:.*the.*entrypoint/ })
    .waitFor();
  await page.keyboard.press("Control+s");
}

async function reportFalsePositive(page: Page): Promise<void> {
  // A line with one finding, so that none has to be chosen.
  await goToLine(page, 14);
  await runCommand(page, "Plimsoll: Report a False Positive");
  await page
    .locator(".notification-toast")
    .getByText(/The report is in the clipboard/)
    .waitFor();
  await shoot(page, "editor-6-false-positive");
  const text = await page.evaluate<string>("navigator.clipboard.readText()");
  if (!/^Rule: /.test(text)) throw new Error(`no report in the clipboard: ${text}`);
  await runCommand(page, "Notifications: Clear All Notifications");
}

async function groupAudit(page: Page): Promise<void> {
  await runCommand(page, "Plimsoll: Audit Workspace");
  await page
    .locator(".notification-toast")
    .getByText(/Plimsoll checked \d+ files?/)
    .waitFor();
  await runCommand(page, "Notifications: Clear All Notifications");
  await page.locator(".activitybar").getByRole("tab", { name: "Plimsoll" }).click();
  await runCommand(page, "Plimsoll: Group Findings by Severity");
  await page.locator(".pane-body .monaco-list-row", { hasText: /^critical/ }).waitFor();
  await runCommand(page, "Plimsoll: Group Findings by Rule");
  const rule = page.locator(".pane-body .monaco-list-row", { hasText: "compose-privileged" }).first();
  await rule.click();
  await page.keyboard.press("Shift+F10");
  await page.locator(".monaco-menu", { hasText: "Fix All of This Rule" }).waitFor();
  await shoot(page, "editor-7-audit-by-rule");
  await page.keyboard.press("Escape");
}

/** What may change behaviour in several files is shown before it is done. */
async function previewFixes(page: Page): Promise<void> {
  await runCommand(page, "Plimsoll: Fix All of a Rule in Workspace");
  await page.locator(".quick-input-title", { hasText: "Fix All of a Rule" }).waitFor();
  await page.keyboard.type("curl-insecure");
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "curl-insecure" }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".bulk-edit-panel").waitFor();
  // Nothing of it is done unless somebody ticks it.
  await page
    .locator(".bulk-edit-panel .monaco-list-row", { hasText: "curl" })
    .getByRole("checkbox", { checked: false })
    .first()
    .waitFor();
  await shoot(page, "editor-7-preview");
  await page.locator(".bulk-edit-panel").getByRole("button", { name: "Discard" }).click();
  await page.waitForSelector(".bulk-edit-panel", { state: "detached" });
}

async function readStatus(page: Page): Promise<void> {
  await page.locator(".editor-instance .view-lines").first().click();
  const status = page.locator("#status\\.languageStatus").first();
  await status.click();
  await page.locator(".hover-language-status", { hasText: "Plimsoll" }).first().waitFor();
  await shoot(page, "editor-7-status");
  await page.keyboard.press("Escape");
}
