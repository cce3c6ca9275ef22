/** Uses by keyboard the commands that no other walk uses: samples, pins, scans, reports, the audit's menu, settings. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { fakeScanner, trivyBody } from "../../test/support/fakeScanner";
import { putIndex, startTestRegistry } from "../../test/support/registry";
import { chooseOfRow } from "./auditUi";
import type { ReleaseName } from "./install";
import {
  answer,
  chooseInList,
  chooseOfCommand,
  goTo,
  leaveActions,
  lineWith,
  openByKeys,
  openMenu,
  readNotification,
  runCommand,
  takeAction,
  waitForRule,
} from "./keyboard";
import { eventually, inWorkbench, retried, shoot } from "./workbench";

/** Images of the registry that the walk asks. */
const image = "team/app";

/** Throws where a step does not show what it should. */
export async function runCommandsUi(release: ReleaseName): Promise<void> {
  const endings: (() => unknown)[] = [];
  const until = { after: (end: () => unknown) => void endings.push(end) };
  try {
    const registry = await startTestRegistry(until);
    const scanner = fakeScanner(until, "trivy", trivyBody(["CRITICAL", "HIGH"], 1));
    const machineSettings = {
      "plimsoll.network": true,
      "plimsoll.networkRegistries": [registry.host],
      "plimsoll.scanner": "trivy",
      "plimsoll.scannerPath": path.join(scanner.folder, "trivy"),
    };
    const digest = putIndex(registry, image, {}, "1.2.0");
    putIndex(registry, image, { user: "1001" }, "1.2.1");
    const text = `FROM ${registry.host}/${image}:1.2.0\nADD one.txt /one.txt\nADD two.txt /two.txt\nUSER 1000\n`;
    const files = { "Dockerfile.app": text };
    await inWorkbench(release, { machineSettings, files }, (page, folder) => walk(page, folder, digest));
  } finally {
    for (const end of endings.reverse()) await end();
  }
}

async function walk(page: Page, folder: string, digest: string): Promise<void> {
  await page.waitForSelector(".monaco-workbench .explorer-folders-view .monaco-list-row");
  await fixSample(page);
  await openByKeys(page, "Dockerfile.app");
  await page.locator(".codelens-decoration").first().waitFor();
  await fixOneRule(page);
  await pinImages(page, folder, digest);
  await scanImages(page);
  await openByKeys(page, "Dockerfile");
  await refactor(page);
  await useLenses(page);
  await saveReports(page, folder);
  await useTree(page, folder);
  await changeSettings(page, folder);
  await readOutput(page);
}

/** A document that is nowhere saved is checked and fixed like any other. */
async function fixSample(page: Page): Promise<void> {
  await runCommand(page, "Plimsoll: Open an Unsafe Sample");
  await page.waitForSelector(".monaco-editor .squiggly-warning", { state: "attached" });
  await lineWith(page, /^ADD\s/).waitFor();
  await runCommand(page, "Plimsoll: Fix All in File");
  await lineWith(page, /^ADD\s/).waitFor({ state: "detached" });
  await shoot(page, "commands-1-sample");
}

async function fixOneRule(page: Page): Promise<void> {
  await takeAction(page, [2, 2], /^Fix all add-local-file in this file/);
  await lineWith(page, /^COPY\stwo/).waitFor();
  await undoTo(page, /^ADD\stwo/);
}

/** Takes the last change back. */
async function undoTo(page: Page, line: RegExp): Promise<void> {
  await page.keyboard.press("Control+z");
  await lineWith(page, line).waitFor();
}

async function pinImages(page: Page, folder: string, digest: string): Promise<void> {
  const pinned = new RegExp(`^FROM\\s.*:1\\.2\\.0@${digest}`);
  await takeAction(page, [1, 8], /^Pin .* to its digest/, () => shoot(page, "commands-2-pin"));
  await lineWith(page, pinned).waitFor();
  await undoTo(page, /^FROM\s.*:1\.2\.0$/);
  await takeAction(page, [1, 8], /^Move .* to its newest patch/);
  await lineWith(page, /^FROM\s.*:1\.2\.1$/).waitFor();
  await undoTo(page, /^FROM\s.*:1\.2\.0$/);
  await runCommand(page, "Plimsoll: Pin All Images in File");
  await readNotification(page, /Plimsoll pinned 1 image/);
  await lineWith(page, pinned).waitFor();
  await undoTo(page, /^FROM\s.*:1\.2\.0$/);
  await runCommand(page, "Plimsoll: Pin All Images in Workspace");
  const preview = page.locator(".bulk-edit-panel");
  const row = preview.locator(".monaco-list-row", { hasText: "Dockerfile.app" });
  await row.getByRole("checkbox", { checked: false }).first().press("Space");
  await row.getByRole("checkbox", { checked: true }).first().waitFor();
  await preview.getByRole("button", { name: "Apply" }).press("Enter");
  await readNotification(page, /Plimsoll pinned 1 image/, () => shoot(page, "commands-2-pinned"));
  await lineWith(page, pinned).waitFor();
  await undoTo(page, /^FROM\s.*:1\.2\.0$/);
  await page.keyboard.press("Control+s");
  await page.waitForSelector('.tab.active.dirty[data-resource-name="Dockerfile.app"]', { state: "detached" });
  if (readFileSync(path.join(folder, "Dockerfile.app"), "utf8").includes("@sha256"))
    throw new Error("the pin is still in the file");
}

async function scanImages(page: Page): Promise<void> {
  await runCommand(page, "Plimsoll: Scan Images");
  await readNotification(page, /images scanned: 1, with critical or high vulnerabilities: 1/);
  await page.locator(".codelens-decoration", { hasText: "1 critical, 1 high" }).waitFor();
  await shoot(page, "commands-3-scanned");
}

/** The editor's own menus for one kind of action alone. */
async function refactor(page: Page): Promise<void> {
  await goTo(page, 2, 7);
  const refactorings = await openMenu(page, "Refactor...");
  if (!refactorings.some((title) => title.startsWith("Harden")))
    throw new Error(`nothing hardens among the refactorings: ${refactorings.join(" | ")}`);
  await shoot(page, "commands-4-refactor");
  await leaveActions(page);
  const ofSource = await openMenu(page, "Source Action...");
  if (!ofSource.includes("Apply all safe fixes of Plimsoll"))
    throw new Error(`the safe fixes are not among: ${ofSource.join(" | ")}`);
  await leaveActions(page);
}

/** The lenses over the stage, without a mouse. */
async function useLenses(page: Page): Promise<void> {
  const lens = async (title: string): Promise<void> => {
    await goTo(page, 2, 1);
    await chooseOfCommand(page, "Show CodeLens Commands for Current Line", title);
  };
  await lens("runs as root");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "fails" }).first().waitFor();
  await shoot(page, "commands-5-posture");
  await page.keyboard.press("Escape");
  await lens("Harden");
  await lineWith(page, /^USER\snode$/).waitFor();
  await undoTo(page, /^USER\sroot$/);
}

async function saveReports(page: Page, folder: string): Promise<void> {
  for (const name of ["report.html", "report.sarif"]) {
    const file = path.join(folder, name);
    await retried(page, async () => {
      await runCommand(page, "Plimsoll: Save Report");
      // A dialog that is still filling in the name that it proposes takes that one.
      await page.waitForFunction(
        "document.querySelector('.quick-input-widget input')?.value.includes('report')",
      );
      await answer(page, "Save Report", file);
      await eventually(`${name} was not saved`, () => existsSync(file));
    });
  }
  JSON.parse(readFileSync(path.join(folder, "report.sarif"), "utf8"));
}

async function useTree(page: Page, folder: string): Promise<void> {
  await runCommand(page, "Plimsoll: Audit Workspace");
  await readNotification(page, /Plimsoll checked \d+ files?/);
  await runCommand(page, "Plimsoll: Group Findings by Rule");
  await chooseOfRow(page, [/^compose-docker-socket/], "Explain This Rule");
  await page.locator(".tab.active", { hasText: /compose-docker-socket/ }).waitFor();
  await chooseOfRow(page, [/^add-local-file/], "Fix All of This Rule in Workspace");
  await readNotification(page, /Plimsoll: fixed \d files?/);
  await runCommand(page, "Plimsoll: Group Findings by File");
  await chooseOfRow(page, [/^compose\.yaml/, /./], "Ignore…");
  await page.locator(".quick-input-title", { hasText: /^Ignore / }).waitFor();
  await chooseInList(page, "On this line");
  await answer(page, "(1 of 2)", "only in the demonstration");
  await answer(page, "(2 of 2)", "");
  await openByKeys(page, "compose.yaml");
  await lineWith(page, /plimsoll-ignore.*only.*in.*the.*demonstration/).waitFor();
  await shoot(page, "commands-6-ignored");
  await page.keyboard.press("Control+s");
  await page.waitForSelector('.tab.active.dirty[data-resource-name="compose.yaml"]', { state: "detached" });
  if (!readFileSync(path.join(folder, "compose.yaml"), "utf8").includes("only in the demonstration"))
    throw new Error("the reason was not saved");
}

async function readOutput(page: Page): Promise<void> {
  await runCommand(page, "Plimsoll: Show Output");
  // What is written there is a file, which this installation cannot write: the part for it would have to be compiled.
  const channel = page.locator(".part.panel select", { hasText: "Plimsoll" }).first();
  await channel.waitFor({ state: "attached" });
  await retried(page, async () => {
    await runCommand(page, "Plimsoll: Show Output");
    const shown = await channel.inputValue();
    if (!shown.includes("Plimsoll")) throw new Error(`the output shown is that of ${shown}`);
  });
  await shoot(page, "commands-9-output");
}

/** Settings count while the file is open. */
async function changeSettings(page: Page, folder: string): Promise<void> {
  const write = (settings: Readonly<Record<string, unknown>>) => writeSettings(page, folder, settings);
  const user = { line: 19, column: 7, rule: "final-stage-user-root" };
  await openByKeys(page, "Dockerfile");
  await waitForRule(page, user, true);
  await write({ "plimsoll.rules": { [user.rule]: "off" } });
  await waitForRule(page, user, false);
  await write({ "plimsoll.rules": { "final-stage-*": "critical" } });
  await waitForRule(page, user, true);
  await page.locator(".monaco-editor .squiggly-error").nth(1).waitFor({ state: "attached" });
  const strict = { line: 2, column: 8, rule: "setuid-binaries-not-stripped" };
  await waitForRule(page, strict, false);
  await write({ "plimsoll.profile": "strict" });
  await waitForRule(page, strict, true);
  await write({});
}

/** Writes the settings of the workspace in an editor, and comes back. */
async function writeSettings(
  page: Page,
  folder: string,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> {
  const text = JSON.stringify(settings, undefined, 2);
  await retried(page, async () => {
    await runCommand(page, "Preferences: Open Workspace Settings (JSON)");
    await page.waitForSelector('.tab.active[data-resource-name="settings.json"]');
    await page.waitForSelector(".editor-instance .monaco-editor.focused");
    await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`);
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Control+v");
    await page.keyboard.press("Control+s");
    await page.waitForSelector('.tab.active.dirty[data-resource-name="settings.json"]', {
      state: "detached",
    });
    const saved = readFileSync(path.join(folder, ".vscode/settings.json"), "utf8");
    if (saved !== text) throw new Error(`other settings were saved: ${saved}`);
  });
  await openByKeys(page, "Dockerfile");
}
