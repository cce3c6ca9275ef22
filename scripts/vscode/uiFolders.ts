/** Works in a workspace of several folders, each with a configuration of its own. */
import type { Page } from "playwright-core";
import type { ReleaseName } from "./install";
import { openByName, readNotification, runCommand, waitForRule } from "./keyboard";
import { inWorkbench, retried, shoot } from "./workbench";

const files = {
  "../lighthouse/Dockerfile": "FROM node\nUSER root\n",
  "../lighthouse/plimsoll.yaml": "rules:\n  final-stage-user-root: off\n",
};

/** Throws where a step does not show what it should. */
export async function runFoldersUi(release: ReleaseName): Promise<void> {
  await inWorkbench(release, { files, folders: ["lighthouse"] }, walk);
}

async function walk(page: Page): Promise<void> {
  await page.waitForSelector(".monaco-workbench .explorer-folders-view .monaco-list-row");
  await openByName(page, "shop/Dockerfile");
  await waitForRule(page, { line: 19, column: 7, rule: "final-stage-user-root" }, true);
  await openByName(page, "lighthouse/Dockerfile");
  await waitForRule(page, { line: 1, column: 7, rule: "base-image-no-tag" }, true);
  await waitForRule(page, { line: 2, column: 7, rule: "final-stage-user-root" }, false);
  await runCommand(page, "Plimsoll: Audit Workspace");
  await readNotification(page, /Plimsoll checked \d+ files?/);
  await runCommand(page, "Plimsoll: Focus on Audit View");
  const rows = page.locator(".pane-body .monaco-list-row:visible");
  await rows
    .filter({ hasText: /^compose\.yaml.*shop/ })
    .first()
    .waitFor();
  await retried(page, async () => {
    await runCommand(page, "Plimsoll: Focus on Audit View");
    await page.keyboard.press("End");
    await rows
      .filter({ hasText: /^Dockerfile.*lighthouse/ })
      .first()
      .waitFor();
  });
  await shoot(page, "folders-1-audit");
}
