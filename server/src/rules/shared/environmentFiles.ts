import { secretName } from "./secrets/names";
import { isSecretValue, judgeValue, type ValueJudgement } from "./secrets/values";

/** Lines of an environment file that are looked at. */
const mostLines = 5_000;

/** A variable of an environment file that holds a secret; its value is not kept. */
export interface EnvironmentSecret {
  readonly name: string;
  readonly judgement: ValueJudgement;
}

/** Variables with the name of a secret and a value that would open something, by the grammar that Compose reads. */
export function environmentSecrets(text: string): readonly EnvironmentSecret[] {
  return text.split(/\r\n|\n|\r/, mostLines).flatMap((line) => {
    const match = /^[ \t]{0,50}(?:export[ \t]{1,20})?([A-Za-z_][A-Za-z0-9_.-]{0,200})[ \t]{0,20}=(.*)$/.exec(
      line,
    );
    const [, name, value] = match ?? [];
    if (name === undefined || value === undefined || secretName(name)?.strength !== "strong") return [];
    const judgement = judgeValue(withoutComment(value), name);
    return isSecretValue(judgement) ? [{ name, judgement }] : [];
  });
}

/** A number sign after a blank begins a comment, but for one in quotes. */
function withoutComment(value: string): string {
  const trimmed = value.trim();
  if (/^["']/.test(trimmed)) return trimmed;
  const at = trimmed.search(/[ \t]#/);
  return at < 0 ? trimmed : trimmed.slice(0, at);
}
