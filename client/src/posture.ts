import { Range, Uri, window } from "vscode";
import type { PostureControl, PostureView } from "../../server/src/lsp/protocol";

/** Lists the controls of a stage or service, what fails first; choosing one goes to where it fails. */
export async function showPosture({ uri, title, controls }: PostureView): Promise<void> {
  const items = [...controls]
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
    .map((control) => ({
      label: `$(${icons[control.state]}) ${control.title}`,
      description: words[control.state],
      detail: control.detail,
      control,
    }));
  const chosen = await window.showQuickPick(items, {
    title,
    placeHolder: "Choose a control to go to where it fails",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  const range = chosen?.control.range;
  if (range === undefined) return;
  const { start, end } = range;
  const selection = new Range(start.line, start.character, end.line, end.character);
  await window.showTextDocument(Uri.parse(uri), { selection });
}

type State = PostureControl["state"];

const order: readonly State[] = ["fail", "notChecked", "accepted", "pass", "notApplicable"];

const icons: Readonly<Record<State, string>> = {
  fail: "error",
  notChecked: "circle-slash",
  accepted: "mute",
  pass: "pass",
  notApplicable: "dash",
};

const words: Readonly<Record<State, string>> = {
  fail: "fails",
  notChecked: "not checked",
  accepted: "accepted",
  pass: "holds",
  notApplicable: "does not apply",
};
