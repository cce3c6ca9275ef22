import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { goDownTo } from "./keyboard";
import { runCommand, shoot } from "./ui";

/** Audits, goes through the tree and its menu, and opens the report, by keyboard; our view has names for all who listen. */
export async function auditByKeys(page: Page): Promise<void> {
  await runCommand(page, "Plimsoll: Audit Workspace");
  await page
    .locator(".notification-toast")
    .getByText(/Plimsoll checked \d+ files?/)
    .waitFor();
  await runCommand(page, "Notifications: Clear All Notifications");
  await runCommand(page, "Plimsoll: Focus on Audit View");
  const rows = page.locator(".pane-body .monaco-list-row:visible");
  await rows.filter({ hasText: "compose.yaml" }).first().waitFor();
  await page.keyboard.press("Home");
  const focused = page.locator(".pane-body .monaco-list-row.focused:visible");
  await goDownTo(page, focused, /compose\.yaml/);
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Shift+F10");
  await page.locator(".monaco-menu", { hasText: "Explain This Rule" }).waitFor();
  await shoot(page, "keyboard-6-tree");
  await page.keyboard.press("Escape");
  await namesForAll(page);
  await page.keyboard.press("Enter");
  await page.waitForSelector('.tab.active[data-resource-name="compose.yaml"]');
  await runCommand(page, "Plimsoll: Open Report");
  const report = page.frameLocator("iframe.webview").first().frameLocator("#active-frame");
  await report.getByText("compose-privileged").first().waitFor();
  await shoot(page, "keyboard-6-report");
}

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe says of our view: its rows, its buttons, its menu. */
async function namesForAll(page: Page): Promise<void> {
  const axe = createRequire(__filename).resolve("axe-core/axe.min.js");
  await page.evaluate(readFileSync(axe, "utf8"));
  const rules = "{ runOnly: { type: 'tag', values: ['cat.name-role-value', 'cat.aria'] } }";
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run('.part.sidebar', ${rules}).then((result) => result.violations)`,
  );
  const ours = found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`));
  if (ours.length > 0) throw new Error(`axe finds in our view:\n${ours.join("\n")}`);
  const unnamed = await page
    .locator(".part.sidebar .actions-container .action-label:not([aria-label])")
    .count();
  if (unnamed > 0) throw new Error(`${unnamed} buttons of our view have no name`);
}
