/** Looks at the extension in other display languages: what people read of it is theirs, in menus, lists and dialogs alike. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Page } from "playwright-core";
import { projectRoot, type ReleaseName } from "./install";
import {
  goTo,
  leaveActions,
  openActions,
  openByKeys,
  openStatus,
  readNotification,
  runCommand,
} from "./keyboard";
import { inWorkbench, retried, shoot } from "./workbench";

type Texts = Readonly<Record<string, string>>;

/** Throws where a step does not show what it should. */
export async function runLanguagesUi(release: ReleaseName): Promise<void> {
  for (const language of ["de", "ja"]) {
    const settings = { "plimsoll.inlayHints.user": true };
    await inWorkbench(release, { settings, language }, (page) => walk(page, language));
  }
}

async function walk(page: Page, language: string): Promise<void> {
  const texts = (file: string): Texts =>
    JSON.parse(readFileSync(path.join(projectRoot, "l10n", language, `${file}.json`), "utf8"));
  const phrases = texts("phrases");
  const manifest = texts("manifest");
  const client = texts("client");
  const command = (title: string): string => `Plimsoll: ${known(manifest, title)}`;
  const picture = (name: string): Promise<void> => shoot(page, `language-${language}-${name}`);

  await page.waitForSelector(".monaco-workbench .explorer-folders-view .monaco-list-row");
  await openByKeys(page, "compose.yaml");
  await page
    .locator(".codelens-decoration", { hasText: known(phrases, "Harden") })
    .first()
    .waitFor();
  await picture("1-services");
  await openByKeys(page, "Dockerfile");
  await page.locator(".codelens-decoration", { hasText: known(phrases, "runs as root") }).waitFor();
  await goTo(page, 19, 7);
  const titles = await openActions(page);
  await picture("2-actions");
  const explain = known(phrases, "Explain {0}").replace("{0}", "final-stage-user-root");
  if (!titles.includes(explain)) throw new Error(`${explain} is not among: ${titles.join(" | ")}`);
  await leaveActions(page);
  await retried(page, async () => {
    await goTo(page, 2, 7);
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Control+i");
    await page.locator(".monaco-hover", { hasText: known(phrases, "Docker Official Image") }).waitFor();
  });
  await picture("3-hover");
  await page.keyboard.press("Escape");
  await openStatus(page);
  await picture("4-status");
  await page.keyboard.press("Escape");

  await runCommand(page, command("Audit Workspace"));
  await readNotification(page, /Plimsoll/, () => picture("5-audited"));
  // The title is the editor's own, with the name of our view in it.
  await runCommand(page, `Plimsoll: Focus on ${known(manifest, "Audit")} View`);
  await runCommand(page, command("Group Findings by Severity"));
  await page
    .locator(".pane-body .monaco-list-row", { hasText: known(client, "critical") })
    .first()
    .waitFor();
  await picture("6-tree");
  await runCommand(page, command("Explain Rule"));
  await page.locator(".quick-input-title", { hasText: known(client, "Explain Rule") }).waitFor();
  await page.locator(".quick-input-list .monaco-list-row").first().waitFor();
  await picture("7-rules");
  await page.keyboard.press("Escape");
  await runCommand(page, command("Get Started"));
  await page.getByText(known(manifest, "See what is unsafe")).first().waitFor();
  await picture("8-walkthrough");
  await runCommand(page, "View: Toggle Problems");
  await page.locator(".markers-panel .monaco-list-row").first().waitFor();
  await picture("9-problems");
}

/** The translation of a text, which has to be there. */
function known(texts: Texts, english: string): string {
  const text = texts[english];
  if (text === undefined) throw new Error(`${english} is not translated`);
  return text;
}
