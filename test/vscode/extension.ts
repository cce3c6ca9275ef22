/** What a user of the extension relies on, checked in a real extension host on a copy of `workspace/`. */
import * as vscode from "vscode";
import type { AuditResult } from "../../server/src/lsp/protocol";
import { activationFigures } from "./activation";
import { check, equal, until } from "./check";
import { configuringTests } from "./configuring";
import { editorTests } from "./editor";
import { fixingTests } from "./fixing";
import { edit, fileUri, finding, gone, lineOf, open, quickFixes, textOf } from "./workspace";
import { writingTests } from "./writing";

export function defineSuite(): void {
  describe("Plimsoll", () => {
    before(async () => {
      const host = vscode.env.uiKind === vscode.UIKind.Web ? "web workbench" : "desktop";
      const extension = vscode.extensions.getExtension("plimsoll.plimsoll");
      check(extension, "the extension is installed");
      check(!extension.isActive, "it does not start before there is something to check");
      const figures = await activationFigures(extension);
      const files = `${fileUri("Dockerfile").scheme}: files`;
      console.log(`INFO VS Code ${vscode.version}, ${host}, ${vscode.env.appHost}, ${files}, ${figures}`);
    });

    // A test that fails half way must not leave its edits to the next one.
    afterEach(async () => {
      await vscode.commands.executeCommand("workbench.action.files.revert");
      await vscode.commands.executeCommand("workbench.action.closeAllEditors");
    });

    languageTests();
    findingTests();
    commandTests();
    configuringTests();
    fixingTests();
    editorTests();
    writingTests();
  });
}

function languageTests(): void {
  it("gives files their languages", async () => {
    equal((await open("Dockerfile")).languageId, "dockerfile", "Dockerfile");
    equal((await open("api/Containerfile")).languageId, "dockerfile", "Containerfile");
    equal((await open("compose.yaml")).languageId, "dockercompose", "compose.yaml");
    equal((await open(".dockerignore")).languageId, "ignore", ".dockerignore");
  });
}

function findingTests(): void {
  it("underlines exactly what is unsafe in a Dockerfile", async () => {
    const document = await open("Dockerfile");
    const user = await finding(document, "final-stage-user-root");
    equal(document.getText(user.range), "root", "the text under the squiggle");
    equal(user.source, "plimsoll", "the source");
    equal(user.severity, vscode.DiagnosticSeverity.Warning, "the severity");
    await finding(document, "base-image-latest-tag");
  });

  it("underlines what is unsafe in a Compose file", async () => {
    const document = await open("compose.yaml");
    const privileged = await finding(document, "compose-privileged");
    equal(privileged.severity, vscode.DiagnosticSeverity.Error, "the severity");
    equal(privileged.range.start.line, 3, "the line");
  });

  it("follows what is typed, and honours an ignore comment", async () => {
    const document = await open("Dockerfile");
    await finding(document, "final-stage-user-root");
    const comment = "# plimsoll-ignore final-stage-user-root: the entrypoint steps down\n";
    await edit(document, (change) =>
      change.insert(document.uri, lineOf(document, "USER root").range.start, comment),
    );
    await gone(document, "final-stage-user-root");
    await edit(document, (change) => change.replace(document.uri, lineOf(document, "#").range, ""));
    await finding(document, "final-stage-user-root");
  });

  it("offers fixes first and the ways to ignore after them, and a fix removes its finding", async () => {
    const document = await open("Dockerfile");
    const user = await finding(document, "final-stage-user-root");
    const actions = await quickFixes(document, user.range);
    const fix = actions[0];
    check(fix?.edit, `the first action has an edit: ${actions.map((action) => action.title).join("; ")}`);
    check(fix.isPreferred, "the first action is preferred");
    check(
      actions.some((action) => action.command?.command === "plimsoll.explainRule"),
      "one action explains the rule",
    );
    check(await vscode.workspace.applyEdit(fix.edit), "the edit is applied");
    await gone(document, "final-stage-user-root");
  });

  it("checks a script while the setting is on, and no longer when it is off again", async () => {
    const document = await open("deploy.sh");
    const configuration = vscode.workspace.getConfiguration("plimsoll");
    try {
      await configuration.update("checkCommands", true, vscode.ConfigurationTarget.Global);
      const privileged = await finding(document, "run-privileged");
      equal(document.getText(privileged.range), "--privileged", "the text under the squiggle");
      await edit(document, (change) => change.delete(document.uri, privileged.range));
      await gone(document, "run-privileged");
      await vscode.commands.executeCommand("workbench.action.files.revert");
      await finding(document, "run-privileged");
    } finally {
      await configuration.update("checkCommands", undefined, vscode.ConfigurationTarget.Global);
    }
    await gone(document, "run-privileged");
  });

  it("explains a finding on hover", async () => {
    const document = await open("Dockerfile");
    const user = await finding(document, "final-stage-user-root");
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      user.range.start,
    );
    const text = hovers.flatMap((hover) => hover.contents.map(textOf)).join("\n");
    check(text.includes("final-stage-user-root"), `the hover names the rule: ${text.slice(0, 200)}`);
  });
}

function commandTests(): void {
  it("registers every command of its manifest", async () => {
    const manifest: { contributes: { commands: readonly { command: string }[] } } =
      vscode.extensions.getExtension("plimsoll.plimsoll")?.packageJSON;
    const registered = await vscode.commands.getCommands(true);
    for (const { command } of manifest.contributes.commands) {
      check(registered.includes(command), `${command} is registered`);
    }
  });

  it("fixes all that is safe to fix in a file", async () => {
    const document = await open("api/Containerfile");
    await finding(document, "add-local-file");
    await vscode.commands.executeCommand("plimsoll.fixAllInFile");
    await until("the fix", () => document.getText().includes("COPY app.py /app/app.py"));
    await gone(document, "add-local-file");
  });

  it("audits the workspace and shows the report", async () => {
    const result = await vscode.commands.executeCommand<AuditResult | undefined>("plimsoll.auditWorkspace");
    check(result, "the audit has a result");
    const rulesOf = (name: string) =>
      result.files.find((file) => file.uri.endsWith(name))?.findings.map((found) => found.rule) ?? [];
    check(rulesOf("/Dockerfile").includes("final-stage-user-root"), "the Dockerfile is audited");
    check(rulesOf("/compose.yaml").includes("compose-privileged"), "the Compose file is audited");
    check(rulesOf("/api/Containerfile").includes("add-local-file"), "a file that was not open is audited");
    check(result.filesChecked >= 3, `files checked: ${result.filesChecked}`);
    equal(result.failures.join("; "), "", "failures");
    check(result.reportHtml.includes("compose-privileged"), "the report names the findings");
    await vscode.commands.executeCommand("plimsoll.openReport");
    await until("the report", () => tabInputs().some((input) => isWebview(input, "plimsoll.report")));
  });

  it("shows a rule's page", async () => {
    const page = await vscode.workspace.openTextDocument(
      vscode.Uri.parse("plimsoll-rule:compose-privileged.md"),
    );
    check(
      page.getText().includes("compose-privileged"),
      `the page names the rule: ${page.getText().slice(0, 200)}`,
    );
    equal(page.languageId, "markdown", "the page's language");
    await vscode.commands.executeCommand("plimsoll.explainRule", "compose-privileged");
    await until("the preview", () => tabInputs().some((input) => isWebview(input, "markdown.preview")));
  });

  it("finds the same again after a restart of the server", async () => {
    const document = await open("Dockerfile");
    await finding(document, "final-stage-user-root");
    await vscode.commands.executeCommand("plimsoll.restartServer");
    await finding(document, "final-stage-user-root");
    await edit(document, (change) => change.delete(document.uri, lineOf(document, "USER root").range));
    await gone(document, "final-stage-user-root");
  });
}

function tabInputs(): readonly unknown[] {
  return vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.input));
}

function isWebview(input: unknown, viewType: string): boolean {
  // The host puts a prefix of its own before the type.
  return input instanceof vscode.TabInputWebview && input.viewType.endsWith(viewType);
}
