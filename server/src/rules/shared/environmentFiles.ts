import { readDotenv } from "../../documents/compose/dotenv";
import { maxEnvironmentVariables } from "../../ruleLimits";
import { secretName } from "./secrets/names";
import { isSecretValue, judgeValue, type ValueJudgement } from "./secrets/values";

/** A variable of an environment file that holds a secret; its value is not kept. */
export interface EnvironmentSecret {
  readonly name: string;
  readonly judgement: ValueJudgement;
}

/** Variables with the name of a secret and a value that would open something, by the grammar that Compose reads. */
export function environmentSecrets(text: string): readonly EnvironmentSecret[] {
  return readDotenv(text)
    .slice(0, maxEnvironmentVariables)
    .flatMap(({ name, raw }) => {
      if (secretName(name)?.strength !== "strong") return [];
      const judgement = judgeValue(raw, name);
      return isSecretValue(judgement) ? [{ name, judgement }] : [];
    });
}
