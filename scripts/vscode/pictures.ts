/** Takes the pictures of the README: the packed extension, as it is, in a real VS Code. */
import path from "node:path";
import type { Page } from "playwright-core";
import { projectRoot, type ReleaseName } from "./install";
import { goTo, openActions, openByKeys, readNotification, runCommand } from "./keyboard";
import { inWorkbench } from "./workbench";

const folder = path.join(projectRoot, "docs/images");

/** Writes the pictures into `docs/images`; they are committed, and looked at before that. */
export async function takePictures(release: ReleaseName): Promise<void> {
  const settings = { "workbench.statusBar.visible": false, "breadcrumbs.enabled": false };
  await inWorkbench(release, { settings }, take);
}

async function take(page: Page): Promise<void> {
  await page.setViewportSize({ width: 1220, height: 780 });
  await page.waitForSelector(".monaco-workbench .explorer-folders-view .monaco-list-row");
  await openByKeys(page, "compose.yaml");
  await page.locator(".codelens-decoration", { hasText: "Harden" }).first().waitFor();
  await page.waitForSelector(".monaco-editor .squiggly-error", { state: "attached" });
  await still(page, "compose");

  await openByKeys(page, "Dockerfile");
  await page.locator(".codelens-decoration", { hasText: /runs as root/ }).waitFor();
  await page.waitForSelector(".monaco-editor .squiggly-warning", { state: "attached" });
  await goTo(page, 19, 8);
  await openActions(page);
  await still(page, "quick-fix");
  await page.keyboard.press("Escape");

  await runCommand(page, "Plimsoll: Audit Workspace");
  await readNotification(page, /Plimsoll checked/);
  await runCommand(page, "Plimsoll: Focus on Audit View");
  await runCommand(page, "Plimsoll: Open Report");
  const report = page.frameLocator("iframe.webview").first().frameLocator("#active-frame");
  await report.locator("#filters").waitFor();
  await still(page, "report");
}

async function still(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: "disabled", caret: "hide" });
}
