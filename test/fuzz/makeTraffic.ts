import { applyEdits, type TextEdit } from "../../server/src/text/edit";
import type { Dice } from "./dice";
import { knownLines } from "./grammars/examples";
import type { TextTarget, TrafficInput, TrafficStep } from "./input";
import { makeTextInput } from "./makeInput";
import { randomEdit } from "./mutate";

/** The files of one session, each in a folder of its own. */
export const trafficFiles: readonly {
  readonly name: string;
  readonly language: string;
  readonly target: TextTarget;
}[] = [
  { name: "Dockerfile", language: "dockerfile", target: "dockerfile" },
  { name: "compose.yaml", language: "dockercompose", target: "compose" },
  { name: "plimsoll.yaml", language: "yaml", target: "configuration" },
  { name: "Dockerfile", language: "dockerfile", target: "dockerfile" },
];

/** What is asked about a place of a document. */
export const requests: readonly string[] = [
  "textDocument/diagnostic",
  "textDocument/hover",
  "textDocument/codeAction",
  "textDocument/completion",
  "textDocument/codeLens",
  "textDocument/inlayHint",
];

const nonsense: readonly TrafficStep[] = [
  { do: "nonsense", method: "textDocument/hover", params: { textDocument: { uri: 7 } } },
  { do: "nonsense", method: "textDocument/codeAction", params: {} },
  { do: "nonsense", method: "plimsoll/explain", params: { id: "__proto__" } },
  { do: "nonsense", method: "codeAction/resolve", params: { title: "x", data: { rule: "constructor" } } },
  { do: "nonsense", method: "nobody/knows", params: [] },
];

const configurations = [
  "",
  "profile: strict\n",
  "rules:\n  sudo-in-run: off\n",
  "rules: [\n",
  "extends: plimsoll.yaml\n",
  "ignore:\n  - path: '**'\n",
];

/** A session with an editor: files opened, changed and closed, questions between, settings that change. */
export function makeTraffic(dice: Dice): TrafficInput {
  const texts = new Map<number, string>();
  const steps: TrafficStep[] = [];
  let version = 1;
  const open = (file: number): void => {
    const { text } = makeTextInput(dice, trafficFiles[file]?.target ?? "dockerfile");
    texts.set(file, text);
    steps.push({ do: "open", file, text });
  };
  for (let left = 10 + dice.below(40); left > 0; left--) {
    const file = dice.below(trafficFiles.length);
    const text = texts.get(file);
    if (text === undefined) {
      open(file);
      continue;
    }
    switch (dice.below(16)) {
      case 0:
        texts.delete(file);
        steps.push({ do: "close", file });
        break;
      case 1:
        steps.push({ do: "configure", profile: dice.pick(["recommended", "strict", "all", "cis", "x"]) });
        break;
      case 2:
        steps.push({ do: "write", configuration: dice.pick(configurations) });
        break;
      case 3:
        steps.push(dice.pick(nonsense));
        break;
      case 4:
      case 5:
      case 6:
        steps.push({
          do: "ask",
          file,
          method: dice.pick(requests),
          at: dice.below(text.length + 2),
          cancel: dice.once(3),
        });
        break;
      default: {
        const edits: TextEdit[] = [];
        let edited = text;
        for (let more = 1 + dice.below(3); more > 0; more--) {
          const edit = randomEdit(dice, edited, knownLines(trafficFiles[file]?.target ?? "dockerfile"));
          edits.push(edit);
          edited = applyEdits(edited, [edit]);
        }
        texts.set(file, edited);
        // Some clients count wrongly, or not at all.
        version += dice.pick([1, 1, 1, 2, 0, -1]);
        steps.push({ do: "edit", file, edits, version });
      }
    }
  }
  return { target: "lsp", steps };
}
