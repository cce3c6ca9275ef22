import { appendFileSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { readNotification, runCommand } from "./keyboard";
import { eventually, shoot } from "./workbench";

/**
 * Has all that is safe fixed in the workspace while somebody else writes to one of its files, which is left alone.
 *
 * @param folder the workspace, on the disk
 */
export async function fixAllSafe(page: Page, folder: string): Promise<void> {
  const written = path.join(folder, "worker", "Dockerfile");
  const fixed = path.join(folder, "Dockerfile");
  const before = readFileSync(fixed, "utf8");
  await runCommand(page, "Plimsoll: Fix All Safe in Workspace");
  await page.locator(".quick-input-title", { hasText: /Apply \d+ safe fixes in 2 files\?/ }).waitFor();
  await page.locator(".multiDiffEntry .view-line", { hasText: "COPY package.json" }).first().waitFor();
  await shoot(page, "editor-8-fix-all-safe");
  appendFileSync(written, "# somebody else\n");
  const after = readFileSync(written, "utf8");
  await page.keyboard.press("Enter");
  const told = /Plimsoll: fixed 1 file\. Changed meanwhile and left alone: worker\/Dockerfile\./;
  await readNotification(page, told, () => shoot(page, "editor-8-fixed"));
  if (readFileSync(written, "utf8") !== after) throw new Error("the file of somebody else was changed");
  // The editor saves what it has fixed in its own time.
  // Of a change in one file alone the editor leaves it to the user to save.
  await runCommand(page, "View: Focus Active Editor Group");
  await page.keyboard.press("Control+s");
  await eventually("the other file was not fixed", () => readFileSync(fixed, "utf8") !== before);
}
