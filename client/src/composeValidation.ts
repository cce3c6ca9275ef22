import { type Disposable, extensions } from "vscode";
import {
  type BaseLanguageClient,
  type ConfigurationMiddleware,
  DidChangeConfigurationNotification,
} from "vscode-languageclient";
import { configurationSection } from "../../server/src/lsp/protocol";
import { readsSchemas } from "./completion";

/** Sends `auto` of `plimsoll.validateCompose` as what it comes to here: the server cannot see other extensions. */
export const settledSettings: NonNullable<ConfigurationMiddleware["configuration"]> = async (
  params,
  token,
  next,
) => {
  const sections: unknown = await next(params, token);
  if (!Array.isArray(sections)) return [];
  return sections.map((section: unknown, index) =>
    params.items[index]?.section === configurationSection ? settled(section) : section,
  );
};

function settled(section: unknown): unknown {
  if (typeof section !== "object" || section === null) return section;
  const { validateCompose } = section as { readonly validateCompose?: unknown };
  if (validateCompose !== "auto") return section;
  return { ...section, validateCompose: readsSchemas() ? "off" : "on" };
}

/** Has the settings asked for again when such an extension comes or goes. */
export function watchValidators(client: BaseLanguageClient): Disposable {
  let last = readsSchemas();
  return extensions.onDidChange(() => {
    if (readsSchemas() === last) return;
    last = !last;
    if (client.isRunning())
      void client.sendNotification(DidChangeConfigurationNotification.type, { settings: null });
  });
}
