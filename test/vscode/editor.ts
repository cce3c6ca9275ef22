/** What stands around findings: settings, lenses, hints, hovers, neighbours. */
import * as vscode from "vscode";
import { check, equal, until } from "./check";
import { edit, fileUri, finding, gone, lineOf, open, textOf } from "./workspace";

export function editorTests(): void {
  settingTests();
  seeingTests();
}

function settingTests(): void {
  it("follows the grid of severities without a restart", async () => {
    const document = await open("Dockerfile");
    await finding(document, "final-stage-user-root");
    await withSetting("rules", { "final-stage-*": "off" }, async () => {
      await gone(document, "final-stage-user-root");
    });
    await withSetting("rules", { "final-stage-user-root": "critical" }, async () => {
      await until("an error", async () => {
        const { severity } = await finding(document, "final-stage-user-root");
        return severity === vscode.DiagnosticSeverity.Error;
      });
    });
  });

  it("waits for a save where that is wanted", async () => {
    const document = await open("Dockerfile");
    await finding(document, "final-stage-user-root");
    await withSetting("run", "onSave", async () => {
      // Settings are read together: once a later one counts, so does this one.
      await withSetting("rules", { "final-stage-user-root": "off" }, () =>
        gone(document, "final-stage-user-root"),
      );
      await finding(document, "final-stage-user-root");
      await edit(document, (change) =>
        change.insert(
          document.uri,
          lineOf(document, "CMD").range.start,
          "RUN curl -k https://example.org -o x\n",
        ),
      );
      // Something that the server answers after it has seen the edit shows that it was not asked for findings.
      await lenses(document);
      equal(document.isDirty, true, "the edit is not saved");
      check(!has(document, "curl-insecure"), "nothing is told before the save");
      await document.save();
      await finding(document, "curl-insecure");
      await edit(document, (change) =>
        change.delete(document.uri, lineOf(document, "RUN curl").rangeIncludingLineBreak),
      );
      await document.save();
      await gone(document, "curl-insecure");
    });
  });

  it("leaves to a neighbour what the neighbour shows, as long as it shows it", async () => {
    const document = await open("Dockerfile");
    const user = await finding(document, "final-stage-user-root");
    const neighbour = vscode.languages.createDiagnosticCollection("a neighbour");
    try {
      const shown = new vscode.Diagnostic(user.range, "Last USER should not be root");
      shown.source = "hadolint";
      shown.code = "DL3002";
      neighbour.set(document.uri, [shown]);
      await gone(document, "final-stage-user-root");
      neighbour.clear();
      await finding(document, "final-stage-user-root");
    } finally {
      neighbour.dispose();
    }
  });

  it("shows findings of files that are not open, where that is wanted", async () => {
    const closed = fileUri("jobs/Dockerfile");
    await open("Dockerfile");
    await withSetting("workspaceFindings", true, () =>
      until("a finding in a closed file", () => vscode.languages.getDiagnostics(closed).length > 0),
    );
    await until("their end", () => vscode.languages.getDiagnostics(closed).length === 0);
  });
}

function seeingTests(): void {
  it("says above a stage how it stands, and hardens it", async () => {
    const document = await open("Dockerfile");
    await finding(document, "final-stage-user-root");
    const titles = (await lenses(document)).map(({ command }) => command?.title ?? "");
    check(
      titles.some((title) => /^runs as root · \d+ of \d+ controls/.test(title)),
      `the posture: ${titles.join("; ")}`,
    );
    const harden = (await lenses(document)).find(({ command }) => command?.title === "Harden")?.command;
    check(harden, "there is a lens that hardens");
    await vscode.commands.executeCommand(harden.command, ...(harden.arguments ?? []));
    await gone(document, "final-stage-user-root");
    await withSetting("codeLens", false, () =>
      until("no lens", async () => (await lenses(document)).length === 0),
    );
  });

  it("shows the user in force where that is wanted", async () => {
    const document = await open("Dockerfile");
    await finding(document, "final-stage-user-root");
    equal((await hints(document)).length, 0, "hints without the setting");
    await withSetting("inlayHints.user", true, () =>
      until("the hints", async () => (await hints(document)).some((label) => label === "user: root")),
    );
  });

  it("tells on hover what is known of an image", async () => {
    const document = await open("Dockerfile");
    const from = lineOf(document, "FROM");
    const text = await until("the hover", async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
        "vscode.executeHoverProvider",
        document.uri,
        from.range.end.translate(0, -2),
      );
      const all = hovers.flatMap((hover) => hover.contents.map(textOf)).join("\n");
      return all.includes("Docker Official Image") ? all : undefined;
    });
    check(text.includes("Not known here"), `it says what is not known: ${text}`);
  });
}

function has(document: vscode.TextDocument, rule: string): boolean {
  return vscode.languages
    .getDiagnostics(document.uri)
    .some(({ code }) => (typeof code === "object" ? code.value : code) === rule);
}

async function lenses(document: vscode.TextDocument): Promise<readonly vscode.CodeLens[]> {
  return vscode.commands.executeCommand<vscode.CodeLens[]>(
    "vscode.executeCodeLensProvider",
    document.uri,
    100,
  );
}

async function hints(document: vscode.TextDocument): Promise<readonly string[]> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
    "vscode.executeInlayHintProvider",
    document.uri,
    all,
  );
  return found.map(({ label }) =>
    typeof label === "string" ? label : label.map(({ value }) => value).join(""),
  );
}

async function withSetting(name: string, value: unknown, use: () => Promise<unknown>): Promise<void> {
  const settings = vscode.workspace.getConfiguration("plimsoll");
  await settings.update(name, value, vscode.ConfigurationTarget.Global);
  try {
    await use();
  } finally {
    await vscode.workspace
      .getConfiguration("plimsoll")
      .update(name, undefined, vscode.ConfigurationTarget.Global);
  }
}
