import { join } from "node:path";
import { maxLanguageBytes } from "../limits";
import type { LanguageFiles } from "../lsp/protocol";
import { nodeFiles } from "./node";

/**
 * Reads the texts of a language, which lie beside the bundle.
 * @param language as its file is called
 * @returns `undefined` where there are none
 */
export async function nodeLanguageFiles(language: string): Promise<LanguageFiles | undefined> {
  const read = async (name: string): Promise<string | undefined> => {
    const result = await nodeFiles.read(join(__dirname, "l10n", `${name}.json`), maxLanguageBytes);
    return result.state === "read" ? result.text : undefined;
  };
  const [english, translated] = [await read("en"), await read(language)];
  return english === undefined || translated === undefined ? undefined : { english, translated };
}
