/** Does by keyboard alone what findings are for, in the workbench itself with the packed extension. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { auditByKeys } from "./auditUi";
import { crashServer } from "./crashUi";
import type { ReleaseName } from "./install";
import {
  chooseOfCommand,
  debugInfo,
  goTo,
  leaveActions,
  lineWith,
  openActions,
  openByKeys,
  openStatus,
  readNotification,
  runCommand,
  takeAction,
  waitForRule,
} from "./keyboard";
import type { VsCodeServer } from "./server";
import { inWorkbench, retried, shoot } from "./workbench";

/** Throws where a step does not show what it should. */
export async function runKeyboardUi(release: ReleaseName): Promise<void> {
  const onSave = { "editor.codeActionsOnSave": { "source.fixAll.plimsoll": "explicit" } };
  await inWorkbench(release, { settings: onSave }, walk);
  const restricted = {
    "security.workspace.trust.enabled": true,
    "security.workspace.trust.startupPrompt": "never",
  };
  await inWorkbench(release, { settings: restricted }, walkRestricted);
}

async function walk(page: Page, folder: string, server: VsCodeServer): Promise<void> {
  await page.waitForSelector(".monaco-workbench .explorer-folders-view .monaco-list-row");
  await sleepsUntilNeeded(page);
  await openByKeys(page, "Dockerfile");
  await page.waitForSelector(".monaco-editor .squiggly-warning", { state: "attached" });
  await readProblem(page);
  await everyKindOfAction(page);
  await fixOnSave(page, folder);
  await turnOffAndOn(page);
  await writeConfiguration(page, folder);
  await auditByKeys(page);
  await explainRule(page);
  await readActivation(page);
  await crashServer(page, server);
}

/** A command alone loads the extension; the server is not started for it. */
async function sleepsUntilNeeded(page: Page): Promise<void> {
  const info = await debugInfo(page);
  if (!info.includes("server Stopped")) throw new Error(`the server runs before it is needed: ${info}`);
}

async function readProblem(page: Page): Promise<void> {
  await retried(page, async () => {
    await goTo(page, 1, 1);
    await page.keyboard.press("F8");
    await page.locator(".marker-widget", { hasText: "secret-name-in-env" }).waitFor();
  });
  await shoot(page, "keyboard-1-problem");
  await page.keyboard.press("Escape");
}

const kinds: readonly RegExp[] = [
  /^Ignore .* on this line…/,
  /^Ignore .* in this file…/,
  /^Ignore .* in the repository…/,
  /^Explain /,
];

async function everyKindOfAction(page: Page): Promise<void> {
  await goTo(page, 19, 7);
  const titles = await openActions(page);
  await shoot(page, "keyboard-2-actions");
  for (const kind of kinds)
    if (!titles.some((title) => kind.test(title))) throw new Error(`no ${kind} in: ${titles.join(" | ")}`);
  if (kinds.some((kind) => kind.test(titles[0] ?? ""))) throw new Error(`no fix comes first: ${titles[0]}`);
  await leaveActions(page);

  await takeAction(page, [2, 2], /^Harden/);
  await lineWith(page, /^USER\snode$/).waitFor();
  await shoot(page, "keyboard-3-hardened");
  // One step takes all of it back.
  await page.keyboard.press("Control+z");
  await lineWith(page, /^USER\sroot$/).waitFor();
  await page.waitForSelector('.tab.active.dirty[data-resource-name="Dockerfile"]', { state: "detached" });
}

async function fixOnSave(page: Page, folder: string): Promise<void> {
  await goTo(page, 1, 1);
  await page.keyboard.type("# saved");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+s");
  await lineWith(page, /^COPY\spackage\.json/).waitFor();
  await page.waitForSelector('.tab.active.dirty[data-resource-name="Dockerfile"]', { state: "detached" });
  const text = readFileSync(path.join(folder, "Dockerfile"), "utf8");
  if (!text.includes("COPY package.json") || !text.includes("USER root"))
    throw new Error(`other than the safe fixes were saved:\n${text}`);
}

async function turnOffAndOn(page: Page): Promise<void> {
  const squiggle = ".monaco-editor .squiggly-warning";
  await runCommand(page, "Plimsoll: Turn Findings On or Off");
  await page.waitForSelector(squiggle, { state: "detached" });
  await page.locator(".codelens-decoration", { hasText: "Harden" }).waitFor({ state: "hidden" });
  await openStatus(page);
  await page.locator(".hover-language-status", { hasText: "Plimsoll: off" }).waitFor();
  await shoot(page, "keyboard-4-off");
  await page.keyboard.press("Escape");
  await runCommand(page, "Plimsoll: Turn Findings On or Off");
  await page.waitForSelector(squiggle, { state: "attached" });
}

async function writeConfiguration(page: Page, folder: string): Promise<void> {
  await runCommand(page, "Plimsoll: Open or Create Configuration");
  await page.waitForSelector('.tab.active[data-resource-name="plimsoll.yaml"]');
  if (!existsSync(path.join(folder, "plimsoll.yaml"))) throw new Error("no configuration was made");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("rules:\n  final-stage-user-r");
  const suggestion = page.locator(".suggest-widget.visible .monaco-list-row.focused");
  await page.keyboard.press("Control+Space");
  await suggestion.filter({ hasText: "final-stage-user-root" }).waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.type("of");
  await page.keyboard.press("Control+Space");
  await suggestion.filter({ hasText: /^off/ }).waitFor();
  await shoot(page, "keyboard-5-configuration");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+s");
  await retried(page, async () => {
    await page.keyboard.press("Home");
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Control+i");
    await page.locator(".monaco-hover", { hasText: "final-stage-user-root" }).waitFor();
  });
  await shoot(page, "keyboard-5-hover");
  await page.keyboard.press("Escape");
  // What has been saved counts in the other file at once.
  await openByKeys(page, "Dockerfile");
  await waitForRule(page, { line: 20, column: 7, rule: "final-stage-user-root" }, false);
}

async function explainRule(page: Page): Promise<void> {
  await chooseOfCommand(page, "Plimsoll: Explain Rule", "compose-docker-socket", "Explain Rule");
  await page.locator(".tab.active", { hasText: /compose-docker-socket/ }).waitFor();
  await shoot(page, "keyboard-7-page");
}

/** What the editor itself says of our activation: the time that it held its host. */
async function readActivation(page: Page): Promise<void> {
  // The list has only those rows that are in sight, the slowest first.
  const usual = page.viewportSize();
  await page.setViewportSize({ width: 1280, height: 2_400 });
  await runCommand(page, "Developer: Show Running Extensions");
  const row = page.locator(".editor-container .monaco-list-row", { hasText: /^Plimsoll/ }).first();
  await row.waitFor();
  const figure = /(?:Startup )?Activation: \d+ms/.exec((await row.textContent()) ?? "")?.[0];
  if (figure === undefined) throw new Error(`no activation time: ${await row.textContent()}`);
  console.log(`INFO ${figure} (VS Code's own figure)`);
  await shoot(page, "keyboard-8-running-extensions");
  if (usual !== null) await page.setViewportSize(usual);
}

async function walkRestricted(page: Page): Promise<void> {
  await page.waitForSelector(".monaco-workbench .explorer-folders-view .monaco-list-row");
  await page.locator(".statusbar-item", { hasText: "Restricted Mode" }).first().waitFor();
  await openByKeys(page, "Dockerfile");
  await page.waitForSelector(".monaco-editor .squiggly-warning", { state: "attached" });
  await runCommand(page, "Plimsoll: Audit Workspace");
  await readNotification(page, /Plimsoll checked \d+ files?/, () => shoot(page, "keyboard-9-restricted"));
}
