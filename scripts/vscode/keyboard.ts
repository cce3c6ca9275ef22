/** Drives the workbench with keys alone, as somebody without a mouse does. */
import type { Locator, Page } from "playwright-core";
import { runCommand } from "./ui";

/** More rows than any list here has. */
const mostSteps = 80;

/**
 * Goes down a list until the focused row is the one that is meant.
 *
 * @param focused what is focused at the time
 * @throws Error with what has been passed, where it does not come
 */
export async function goDownTo(page: Page, focused: Locator, wanted: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < mostSteps; step++) {
    const text = (await focused.first().textContent()) ?? "";
    if (wanted.test(text)) return;
    if (passed.at(-1) !== text) passed.push(text);
    await page.keyboard.press("ArrowDown");
  }
  throw new Error(`${wanted} is not among: ${passed.join(" | ")}`);
}

/** Opens a file of the workspace's top folder from the explorer. */
export async function openByKeys(page: Page, name: string): Promise<void> {
  await runCommand(page, "File: Focus on Files Explorer");
  await page.locator(".explorer-folders-view .monaco-list:focus").waitFor();
  await page.keyboard.press("Home");
  const focused = page.locator(".explorer-folders-view .monaco-list-row.focused");
  await goDownTo(page, focused, new RegExp(`^${name.replaceAll(".", "\\.")}`));
  await page.keyboard.press("Enter");
  await page.waitForSelector(`.tab.active[data-resource-name="${name}"]`);
  await runCommand(page, "View: Focus Active Editor Group");
}

/** Puts the cursor into a line; both count from 1. */
export async function goTo(page: Page, line: number, column: number): Promise<void> {
  await page.keyboard.press("Control+g");
  await page.waitForSelector(".quick-input-widget:not([style*='display: none'])");
  await page.keyboard.type(`${line}:${column}`);
  await page.keyboard.press("Enter");
  await page.waitForSelector(".quick-input-widget", { state: "hidden" });
}

/** Opens the menu under Ctrl+. and gives its titles. The findings may still be on their way. */
export async function openActions(page: Page): Promise<readonly string[]> {
  await page.keyboard.press("Control+.");
  await actionRows(page).first().waitFor();
  return actionRows(page).allTextContents();
}

/** Chooses from the menu that is open. */
export async function chooseAction(page: Page, title: RegExp): Promise<void> {
  await goDownTo(page, page.locator(".action-widget .monaco-list-row.action.focused:visible"), title);
  await page.keyboard.press("Enter");
  await actionRows(page).first().waitFor({ state: "hidden" });
}

/** Leaves the menu. */
export async function leaveActions(page: Page): Promise<void> {
  await page.keyboard.press("Escape");
  await actionRows(page).first().waitFor({ state: "hidden" });
}

function actionRows(page: Page): Locator {
  return page.locator(".action-widget .monaco-list-row.action:visible");
}

/** Milliseconds between two looks, and how often is looked. */
const pollMs = 500;
const mostPolls = 60;

/** Waits until the menu at a place no longer names a rule: what has been decided elsewhere counts here. */
export async function waitUntilSilent(page: Page, line: number, column: number, rule: string): Promise<void> {
  for (let poll = 0; poll < mostPolls; poll++) {
    await goTo(page, line, column);
    await page.keyboard.press("Control+.");
    await page.waitForTimeout(pollMs);
    const titles = await actionRows(page).allTextContents();
    await leaveActions(page);
    if (!titles.some((title) => title.includes(rule))) return;
  }
  throw new Error(`${rule} is still found in line ${line}`);
}

/** What the extension says of itself for a bug report; it is in the clipboard, too. */
export async function debugInfo(page: Page): Promise<string> {
  await runCommand(page, "Plimsoll: Copy Debug Info");
  await page
    .locator(".notification-toast")
    .getByText(/debug info is in the clipboard/)
    .waitFor();
  await runCommand(page, "Notifications: Clear All Notifications");
  return page.evaluate<string>("navigator.clipboard.readText()");
}

/** A line of the editor with exactly this text, which the editor writes with other blanks. */
export function lineWith(page: Page, text: RegExp): Locator {
  return page.locator(".editor-instance .view-line", { hasText: text }).first();
}
