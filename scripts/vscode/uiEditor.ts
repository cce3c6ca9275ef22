/** Uses what stands around findings as a person without a mouse would, in the workbench itself. */
import type { Page } from "playwright-core";
import { openMenuOfRow } from "./auditUi";
import { fixAllSafe } from "./fixWorkspaceUi";
import type { ReleaseName } from "./install";
import {
  answer,
  chooseOfCommand,
  chooseTheme,
  clipboard,
  goTo,
  openByKeys,
  openStatus,
  readNotification,
  runCommand,
  takeAction,
} from "./keyboard";
import { inWorkbench, retried, shoot } from "./workbench";

/** Throws where a step does not show what it should. */
export async function runEditorUi(release: ReleaseName): Promise<void> {
  await inWorkbench(release, { settings: { "plimsoll.inlayHints.user": true } }, walkThrough);
}

async function walkThrough(page: Page, folder: string): Promise<void> {
  await page.waitForSelector(".monaco-workbench .explorer-folders-view .monaco-list-row");
  await openByKeys(page, "compose.yaml");
  await page.locator(".codelens-decoration", { hasText: "Harden" }).first().waitFor();
  await shoot(page, "editor-1-services");

  await openByKeys(page, "Dockerfile");
  await page.locator(".codelens-decoration", { hasText: /runs as root/ }).waitFor();
  await page.locator(".view-line", { hasText: "user: root" }).first().waitFor();
  await shoot(page, "editor-2-stage");
  if (process.env.THEME === undefined) await seeInOtherThemes(page);

  await hoverImage(page);
  await ignoreWithReason(page);
  await reportFalsePositive(page);
  await groupAudit(page);
  await previewFixes(page);
  await fixAllSafe(page, folder);
  await readStatus(page);
}

async function seeInOtherThemes(page: Page): Promise<void> {
  await chooseTheme(page, "Light Modern");
  await page.waitForSelector(".monaco-workbench.vs");
  await shoot(page, "editor-2-light");
  await chooseTheme(page, "Dark High Contrast");
  await page.waitForSelector(".monaco-workbench.hc-black");
  await shoot(page, "editor-2-high-contrast");
  await chooseTheme(page, "Dark Modern");
}

async function hoverImage(page: Page): Promise<void> {
  await retried(page, async () => {
    await goTo(page, 2, 7);
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Control+i");
    await page.locator(".monaco-hover", { hasText: "Docker Official Image" }).waitFor();
  });
  await shoot(page, "editor-3-image");
  await page.keyboard.press("Escape");
}

async function ignoreWithReason(page: Page): Promise<void> {
  await takeAction(page, [19, 7], /^Ignore .* on this line…/, () => shoot(page, "editor-4-actions"));
  await answer(page, "(1 of 2)", "the entrypoint steps down", () => shoot(page, "editor-5-reason"));
  await answer(page, "(2 of 2)", "2099-03-01");
  await page
    .locator(".view-line", { hasText: /plimsoll-ignore.*until.*2099-03-01:.*the.*entrypoint/ })
    .waitFor();
  await page.keyboard.press("Control+s");
  await page.waitForSelector('.tab.active.dirty[data-resource-name="Dockerfile"]', { state: "detached" });
}

async function reportFalsePositive(page: Page): Promise<void> {
  // A line with one finding, so that none has to be chosen.
  await goTo(page, 14, 7);
  await runCommand(page, "Plimsoll: Report a False Positive");
  await readNotification(page, /The report is in the clipboard/, () =>
    shoot(page, "editor-6-false-positive"),
  );
  const text = await clipboard(page);
  if (!/^Rule: /.test(text)) throw new Error(`no report in the clipboard: ${text}`);
}

async function groupAudit(page: Page): Promise<void> {
  await runCommand(page, "Plimsoll: Audit Workspace");
  await readNotification(page, /Plimsoll checked \d+ files?/);
  await runCommand(page, "Plimsoll: Focus on Audit View");
  await runCommand(page, "Plimsoll: Group Findings by Severity");
  await page.locator(".pane-body .monaco-list-row", { hasText: /^critical/ }).waitFor();
  await runCommand(page, "Plimsoll: Group Findings by Rule");
  await openMenuOfRow(page, [/^compose-privileged/], "Fix All of This Rule in Workspace");
  await shoot(page, "editor-7-audit-by-rule");
  await page.keyboard.press("Escape");
}

/** What may change behaviour in several files is shown before it is done. */
async function previewFixes(page: Page): Promise<void> {
  await chooseOfCommand(
    page,
    "Plimsoll: Fix All of a Rule in Workspace",
    "curl-insecure",
    "Fix All of a Rule",
  );
  await page.locator(".bulk-edit-panel").waitFor();
  // Nothing of it is done unless somebody ticks it.
  await page
    .locator(".bulk-edit-panel .monaco-list-row", { hasText: "curl" })
    .getByRole("checkbox", { checked: false })
    .first()
    .waitFor();
  await shoot(page, "editor-7-preview");
  await page.locator(".bulk-edit-panel").getByRole("button", { name: "Discard" }).press("Enter");
  await page.waitForSelector(".bulk-edit-panel", { state: "detached" });
}

async function readStatus(page: Page): Promise<void> {
  await openByKeys(page, "Dockerfile");
  await openStatus(page);
  await page.locator(".hover-language-status", { hasText: "Plimsoll" }).first().waitFor();
  await shoot(page, "editor-7-status");
  await page.keyboard.press("Escape");
}
