/** Many open editors at once, checked in a real extension host on a workspace of real files. */
import Mocha from "mocha";
import * as vscode from "vscode";
import type { AuditResult } from "../../server/src/lsp/protocol";
import { check, equal, until } from "./check";
import { report, suiteOptions } from "./report";
import { edit, finding } from "./workspace";

/** Opening them takes a while on a busy machine. Milliseconds. */
const mostTime = 480_000;

export function run(): Promise<void> {
  const mocha = new Mocha({ ...suiteOptions, color: false, timeout: mostTime });
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  describe("Plimsoll with many open editors", () => {
    it("finds in each what an audit finds, and still follows what is typed", checkMany);
  });
  return report((done) => mocha.run(done));
}

async function checkMany(): Promise<void> {
  const audit = await vscode.commands.executeCommand<AuditResult>("plimsoll.auditWorkspace");
  check(audit, "the audit has a result");
  const counts = new Map(audit.files.map(({ uri, findings }) => [uri, findings.length]));
  const uris = await vscode.workspace.findFiles("**/{Dockerfile,compose.yaml}");
  equal(uris.length, 200, "the files");
  const documents: vscode.TextDocument[] = [];
  for (const uri of uris) {
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document, { preview: false });
    documents.push(document);
  }
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  equal(tabs.length, documents.length, "the open editors");
  let total = 0;
  for (const document of documents) {
    const expected = counts.get(document.uri.toString()) ?? 0;
    await until(`${expected} findings in ${document.uri.path}`, () => ownCount(document) === expected);
    total += expected;
  }
  check(total > 200, `${total} findings in all`);
  const last = documents.find(({ fileName }) => fileName.endsWith("Dockerfile"));
  check(last, "a Dockerfile is open");
  await edit(last, (change) =>
    change.insert(last.uri, new vscode.Position(last.lineCount, 0), "\nUSER root\n"),
  );
  await finding(last, "final-stage-user-root");
  console.log(`INFO ${documents.length} open editors, ${total} findings`);
  await vscode.commands.executeCommand("workbench.action.files.revert");
}

function ownCount({ uri }: vscode.TextDocument): number {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "plimsoll").length;
}
