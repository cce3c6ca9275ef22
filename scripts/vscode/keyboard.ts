/** Drives the workbench with keys alone, as somebody without a mouse does. */
import type { Locator, Page } from "playwright-core";
import { retried } from "./workbench";

/** More rows than any list here has. */
const mostSteps = 80;

/** Chooses a command in the palette. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await retried(page, async () => {
    // The palette holds what was known when it was opened: early on, not yet the commands of extensions.
    await page.keyboard.press("F1");
    await input(page).fill(`>${title}`);
    const titles = page.locator(".quick-input-list .monaco-list-row .label-name");
    await titles.getByText(title, { exact: true }).first().waitFor();
    // The best match is not always the one of that name.
    const focused = page.locator(".quick-input-list .monaco-list-row.focused .label-name");
    await goDownTo(page, focused, exactly(title));
    await input(page).press("Enter");
  });
}

/**
 * Types into the list that is open, and takes the row that is focused then.
 * @param shown what that row says, where it is not what is typed
 */
export async function chooseInList(page: Page, text: string, shown: string | RegExp = text): Promise<void> {
  await input(page).fill(text);
  await focusedRow(page, shown).waitFor();
  await input(page).press("Enter");
}

/**
 * Runs a command that opens a list, and takes a row of it.
 * @param title what stands over the list, where anything does
 */
export async function chooseOfCommand(
  page: Page,
  command: string,
  text: string,
  title?: string,
): Promise<void> {
  await retried(page, async () => {
    await runCommand(page, command);
    if (title !== undefined) await page.locator(".quick-input-title", { hasText: title }).waitFor();
    await chooseInList(page, text);
  });
}

/** The row of an open list that Enter would take. */
export function focusedRow(page: Page, text: string | RegExp): Locator {
  return page.locator(".quick-input-list .monaco-list-row.focused", { hasText: text });
}

/**
 * Answers a question under a title.
 * @param look at the answer, before it is given
 */
export async function answer(
  page: Page,
  title: string,
  text: string,
  look?: () => Promise<unknown>,
): Promise<void> {
  await page.locator(".quick-input-title", { hasText: title }).waitFor();
  await input(page).fill(text);
  await look?.();
  await input(page).press("Enter");
}

function input(page: Page): Locator {
  return page.locator(".quick-input-widget:visible input[type=text]").first();
}

/** Chooses a color theme, by its name in the list. */
export async function chooseTheme(page: Page, label: string): Promise<void> {
  await retried(page, async () => {
    await runCommand(page, "Preferences: Color Theme");
    // The list opens on the theme in use.
    await focusedRow(page, /Dark|Light/).waitFor();
    await chooseInList(page, label);
    await page.waitForSelector(".quick-input-widget", { state: "hidden" });
  });
}

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

/** Opens a file of the workspace's top folder, and puts the focus into it. */
export async function openByKeys(page: Page, name: string): Promise<void> {
  await retried(page, async () => {
    await runCommand(page, "File: Focus on Files Explorer");
    await page.locator(".explorer-folders-view .monaco-list:focus").waitFor();
    await page.keyboard.press("Home");
    const focused = page.locator(".explorer-folders-view .monaco-list-row.focused");
    await goDownTo(page, focused, new RegExp(`^${escaped(name)}`));
    await page.keyboard.press("Enter");
    await page.waitForSelector(`.tab.active[data-resource-name="${name}"]`);
    await runCommand(page, "View: Focus Active Editor Group");
    await page.waitForSelector(".editor-instance .monaco-editor.focused .view-line");
  });
}

/** Opens a file by `folder/name`. The list begins with files that were open before, which may have the same name. */
export async function openByName(page: Page, place: `${string}/${string}`): Promise<void> {
  const [folder, name] = place.split("/") as [string, string];
  await retried(page, async () => {
    await page.keyboard.press("Control+p");
    await chooseInList(page, place, new RegExp(`^${name}.*${folder}`));
    await page.waitForSelector(`.tab.active[data-resource-name="${name}"]`);
    await page.waitForSelector(".editor-instance .monaco-editor.focused .view-line");
  });
}

/** Puts the cursor into a line; both count from 1. */
export async function goTo(page: Page, line: number, column: number): Promise<void> {
  await retried(page, async () => {
    await page.keyboard.press("Control+g");
    await input(page).fill(`:${line}:${column}`);
    await input(page).press("Enter");
    await page.waitForSelector(".quick-input-widget", { state: "hidden" });
    await page.waitForSelector(".editor-instance .monaco-editor.focused");
  });
}

/** Opens the menu under Ctrl+. and gives its titles. The findings may still be on their way. */
export async function openActions(page: Page): Promise<readonly string[]> {
  return retried(page, async () => {
    await page.keyboard.press("Control+.");
    await actionRows(page).first().waitFor();
    return actionRows(page).allTextContents();
  });
}

/**
 * Takes an action at a place of the active file; line and column count from 1.
 * @param look at the menu, before it is taken
 */
export async function takeAction(
  page: Page,
  [line, column]: readonly [number, number],
  title: RegExp,
  look?: () => Promise<unknown>,
): Promise<void> {
  await retried(page, async () => {
    await goTo(page, line, column);
    await openActions(page);
    await goDownTo(page, page.locator(".action-widget .monaco-list-row.action.focused:visible"), title);
    await look?.();
    await page.keyboard.press("Enter");
    await actionRows(page).first().waitFor({ state: "hidden" });
  });
}

/** Leaves the menu. */
export async function leaveActions(page: Page): Promise<void> {
  await retried(page, async () => {
    await page.keyboard.press("Escape");
    await actionRows(page).first().waitFor({ state: "hidden" });
  });
}

function actionRows(page: Page): Locator {
  return page.locator(".action-widget .monaco-list-row.action:visible");
}

/** Opens the menu of one kind of action, by its command, and gives its titles. */
export async function openMenu(page: Page, command: string): Promise<readonly string[]> {
  return retried(page, async () => {
    await runCommand(page, command);
    await actionRows(page).first().waitFor();
    return actionRows(page).allTextContents();
  });
}

/** A place in the active file, counted from 1, and a rule that looks at it. */
export interface RulePlace {
  readonly line: number;
  readonly column: number;
  readonly rule: string;
}

/** Waits until the menu at a place names a rule, or no longer: what has been decided elsewhere counts here. */
export async function waitForRule(
  page: Page,
  { line, column, rule }: RulePlace,
  isFound: boolean,
): Promise<void> {
  await retried(page, async () => {
    await goTo(page, line, column);
    await page.keyboard.press("Control+.");
    const nothing = page.locator(".monaco-editor-overlaymessage:visible");
    await actionRows(page).or(nothing).first().waitFor();
    const titles = await actionRows(page).allTextContents();
    await leaveActions(page);
    if (titles.some((title) => title.includes(rule)) !== isFound)
      throw new Error(`${rule} is ${isFound ? "not" : "still"} found in line ${line}`);
  });
}

/**
 * Waits for a notification, and takes it away.
 * @param look at it, while it is there
 */
export async function readNotification(
  page: Page,
  text: RegExp,
  look?: () => Promise<unknown>,
): Promise<void> {
  await page.locator(".notification-toast", { hasText: text }).first().waitFor();
  await look?.();
  await runCommand(page, "Notifications: Clear All Notifications");
}

/** Opens what the editor says of the active file's language, from the status bar. */
export async function openStatus(page: Page): Promise<void> {
  const hover = page.locator(".hover-language-status").first();
  await retried(page, async () => {
    await runCommand(page, "View: Focus Status Bar");
    for (let step = 0; step < mostSteps; step++) {
      if ((await page.locator("#status\\.languageStatus :focus").count()) > 0) break;
      await page.keyboard.press("ArrowRight");
    }
    await page.keyboard.press("Enter");
    await hover.waitFor();
  });
}

/** What the extension says of itself for a bug report; it is in the clipboard, too. */
export async function debugInfo(page: Page): Promise<string> {
  await runCommand(page, "Plimsoll: Copy Debug Info");
  await readNotification(page, /debug info is in the clipboard/);
  return clipboard(page);
}

export function clipboard(page: Page): Promise<string> {
  return page.evaluate<string>("navigator.clipboard.readText()");
}

/** A line of the editor with exactly this text, which the editor writes with other blanks. */
export function lineWith(page: Page, text: RegExp): Locator {
  return page.locator(".editor-instance .view-line", { hasText: text }).first();
}

function exactly(text: string): RegExp {
  return new RegExp(`^${escaped(text)}$`);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
