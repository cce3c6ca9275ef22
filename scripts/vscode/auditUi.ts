import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { chooseTheme, goDownTo, readNotification, runCommand } from "./keyboard";
import { retried, shoot } from "./workbench";

/** Audits, goes through the tree and its menu, and opens the report, by keyboard; our view has names for all who listen. */
export async function auditByKeys(page: Page): Promise<void> {
  await runCommand(page, "Plimsoll: Audit Workspace");
  await readNotification(page, /Plimsoll checked \d+ files?/);
  await openMenuOfRow(page, [/compose\.yaml/, /./], "Explain This Rule");
  await shoot(page, "keyboard-6-tree");
  await page.keyboard.press("Escape");
  await namesForAll(page);
  await page.keyboard.press("Enter");
  await page.waitForSelector('.tab.active[data-resource-name="compose.yaml"]');
  await runCommand(page, "Plimsoll: Open Report");
  const report = page.frameLocator("iframe.webview").first().frameLocator("#active-frame");
  await report.getByText("compose-privileged").first().waitFor();
  for (const theme of ["Light Modern", "Dark High Contrast", "Dark Modern"]) {
    await chooseTheme(page, theme);
    await nothingGrave(page);
    await shoot(page, `keyboard-6-report-${theme.toLowerCase().replaceAll(" ", "-")}`);
  }
}

/** What axe says of the report, in the page of its own that the editor makes of it. */
async function nothingGrave(page: Page): Promise<void> {
  for (const frame of page.frames()) {
    if (!(await frame.evaluate<boolean>("document.getElementById('filters') !== null"))) continue;
    await frame.evaluate(axe);
    const found = await frame.evaluate<readonly Violation[]>(
      "axe.run().then((result) => result.violations.filter(({ impact }) => /serious|critical/.test(impact)))",
    );
    if (found.length > 0) throw new Error(`axe finds in the report:\n${described(found)}`);
    return;
  }
  throw new Error("the report is not shown");
}

const axe = readFileSync(createRequire(__filename).resolve("axe-core/axe.min.js"), "utf8");

/**
 * Opens the menu of a row of the audit's tree.
 * @param path what the row and those that it stands under say, from the outermost
 */
export async function openMenuOfRow(page: Page, path: readonly RegExp[], entry: string): Promise<void> {
  const focused = page.locator(".pane-body .monaco-list-row.focused:visible");
  await retried(page, async () => {
    await runCommand(page, "Plimsoll: Focus on Audit View");
    await page.locator(".pane-body .monaco-list:focus").waitFor();
    await page.keyboard.press("Home");
    for (const [depth, text] of path.entries()) {
      if (depth > 0) {
        if ((await focused.getAttribute("aria-expanded")) === "false")
          await page.keyboard.press("ArrowRight");
        await page.keyboard.press("ArrowDown");
      }
      await goDownTo(page, focused, text);
    }
    await page.keyboard.press("Shift+F10");
    await page.locator(".monaco-menu", { hasText: entry }).waitFor();
  });
}

/** Takes an entry of that menu. */
export async function chooseOfRow(page: Page, path: readonly RegExp[], entry: string): Promise<void> {
  const focused = page.locator(".monaco-menu .action-item.focused", { hasText: entry });
  await retried(page, async () => {
    await openMenuOfRow(page, path, entry);
    for (let step = 0; step < mostEntries && (await focused.count()) === 0; step++)
      await page.keyboard.press("ArrowDown");
    if ((await focused.count()) === 0) throw new Error(`the menu has closed before ${entry}`);
    await page.keyboard.press("Enter");
  });
}

/** More entries than our menu has. */
const mostEntries = 12;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string }[];
}

/** What axe says of our view: its rows and buttons, but for the workbench's own one that opens the menu. */
async function namesForAll(page: Page): Promise<void> {
  await page.evaluate(axe);
  const rules = "{ runOnly: { type: 'tag', values: ['cat.name-role-value', 'cat.aria'] } }";
  const found = await page.evaluate<readonly Violation[]>(
    `axe.run({ include: ['.part.sidebar'], exclude: ['.codicon-toolbar-more'] }, ${rules}).then((result) => result.violations)`,
  );
  if (found.length > 0) throw new Error(`axe finds in our view:\n${described(found)}`);
  const unnamed = await page
    .locator(".part.sidebar .actions-container .action-label:not([aria-label])")
    .count();
  if (unnamed > 0) throw new Error(`${unnamed} buttons of our view have no name`);
}

function described(violations: readonly Violation[]): string {
  return violations
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 300)}`))
    .join("\n");
}
