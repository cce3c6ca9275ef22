import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { CodeActionKind } from "vscode-languageserver";
import { fixAllKind } from "../../server/src/lsp/protocol";

const root = join(__dirname, "../..");
const folder = join(root, "scripts/vscode");
const walks = readdirSync(folder)
  .filter((name) => name.endsWith(".ts"))
  .map((name) => readFileSync(join(folder, name), "utf8"))
  .join("\n")
  // However long a call is.
  .replaceAll(/\(\s+page,\s+/g, "(page, ");

interface Command {
  readonly command: string;
  readonly title: string;
}

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
  readonly contributes: {
    readonly commands: readonly Command[];
    readonly menus: {
      readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
    };
  };
};
const texts = JSON.parse(readFileSync(join(root, "package.nls.json"), "utf8")) as Readonly<
  Record<string, string>
>;

/** How the walks use what is not in the palette: a piece of their source. */
const otherwise: Readonly<Record<string, string>> = {
  "plimsoll.showSampleFixes": 'getByText("Show Me")',
  "plimsoll.ignoreFinding": "/^Ignore .* on this line…/, (",
  "plimsoll.audit.ignore": '"Ignore…")',
  "plimsoll.audit.fixRule": '"Fix All of This Rule in Workspace")',
  "plimsoll.audit.explain": '"Explain This Rule")',
  "plimsoll.harden": 'lens("Harden")',
  "plimsoll.showPosture": 'lens("runs as root")',
};

/** What no walk can use, with the reason. */
const unused: Readonly<Record<string, string>> = {
  "plimsoll.openReportInBrowser":
    "it is offered where the workbench runs on the desktop, with files of its own",
};

test("every command is used by a walk in a real VS Code", () => {
  const { commands, menus } = manifest.contributes;
  const missing = commands.filter(({ command, title }) => {
    if (Object.hasOwn(unused, command)) return false;
    const inPalette = menus.commandPalette.every((item) => item.command !== command || item.when !== "false");
    const shown = texts[title.slice(1, -1)];
    assert.ok(shown !== undefined, title);
    const pieces = inPalette
      ? [`runCommand(page, "Plimsoll: ${shown}")`, `chooseOfCommand(page, "Plimsoll: ${shown}"`]
      : [otherwise[command] ?? title];
    return !pieces.some((piece) => walks.includes(piece));
  });
  assert.deepEqual(missing, []);
});

/** How the walks use each kind of action that the server announces: a piece of their source. */
const kinds: Readonly<Record<string, string>> = {
  [CodeActionKind.QuickFix]: "openActions(page)",
  [CodeActionKind.RefactorRewrite]: 'openMenu(page, "Refactor...")',
  [fixAllKind]: 'openMenu(page, "Source Action...")',
};

test("every kind of action that the server announces is used by a walk in a real VS Code", () => {
  const server = readFileSync(join(root, "server/src/lsp/server.ts"), "utf8");
  const announced = /codeActionKinds: \[([^\]]*)\]/.exec(server)?.[1];
  assert.equal(announced, "CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, fixAllKind");
  for (const [kind, piece] of Object.entries(kinds)) assert.ok(walks.includes(piece), kind);
});
