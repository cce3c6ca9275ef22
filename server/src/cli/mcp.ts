import { createTools } from "../mcp/tools";
import { rules } from "../rules/index";
import { type Terminal, UsageError } from "./terminal";

/**
 * `plimsoll mcp`: tools for agents over standard input and output.
 * @param root the only folder that they may look at
 * @throws UsageError where that is no folder
 */
export async function serveAgents(root: string, terminal: Terminal): Promise<void> {
  const { files, clock, version } = terminal;
  const folder = await files.realPath(terminal.absolute(root));
  if (folder === undefined || (await files.kindOf(folder)) !== "directory")
    throw new UsageError(`${root} is no folder`);
  const tools = createTools({
    root: folder,
    files: { ...files, isFolder: async (path) => (await files.kindOf(path)) === "directory" },
    clock,
    rules,
    version,
    absolute: (path) => terminal.absoluteIn(folder, path),
  });
  // A file of its own, which is read only where the protocol is spoken.
  const { serveTools } = await import("../mcp/serve");
  await serveTools(tools, version);
}
