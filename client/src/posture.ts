import { l10n, Range, Uri, window } from "vscode";
import type { PostureControl, PostureView } from "../../server/src/lsp/protocol";

/** Lists the controls of a stage or service, what fails first; choosing one goes to where it fails. */
export async function showPosture({ uri, title, controls }: PostureView): Promise<void> {
  const items = [...controls]
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
    .map((control) => ({
      label: `$(${icons[control.state]}) ${control.title}`,
      description: wordOf(control.state),
      detail: control.detail,
      control,
    }));
  const chosen = await window.showQuickPick(items, {
    title,
    placeHolder: l10n.t("Choose a control to go to where it fails"),
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

function wordOf(state: State): string {
  switch (state) {
    case "fail":
      return l10n.t("fails");
    case "notChecked":
      return l10n.t("not checked");
    case "accepted":
      return l10n.t("accepted");
    case "pass":
      return l10n.t("holds");
    case "notApplicable":
      return l10n.t("does not apply");
  }
}
