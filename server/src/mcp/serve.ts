import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { StdioServerTransport } from "@modelcontextprotocol/sdk/server/stdio.js";
import {
  CallToolRequestSchema,
  type CallToolResult,
  ListToolsRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import type { Tool, ToolAnswer } from "./tools";

/**
 * Serves tools to the agent at the other end of standard input and output, until it closes them. Nothing else may be
 * written to standard output from then on.
 */
export async function serveTools(tools: readonly Tool[], version: string): Promise<void> {
  const server = new Server(
    { name: "plimsoll", version },
    {
      capabilities: { tools: {} },
      instructions:
        "Security audits of Dockerfiles, Compose files and Docker's daemon.json. Read only, offline, within one folder. Audit what you have written before you call it done; prefer fixes whose safety is safe.",
    },
  );
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: tools.map(({ name, title, description, inputSchema }) => ({
      name,
      title,
      description,
      inputSchema: { ...inputSchema },
      annotations: { title, readOnlyHint: true, idempotentHint: true, openWorldHint: false },
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal }): Promise<CallToolResult> => {
    const tool = tools.find(({ name }) => name === params.name);
    if (tool === undefined) return failed(`There is no tool ${params.name.slice(0, 100)}.`);
    return resultOf(await tool.run(params.arguments ?? {}, signal));
  });
  await server.connect(new StdioServerTransport());
}

/** Data goes as such, and as text for agents that read only that. */
function resultOf(answer: ToolAnswer): CallToolResult {
  if ("refused" in answer) return failed(answer.refused);
  if ("markdown" in answer) return { content: [{ type: "text", text: answer.markdown }] };
  return {
    content: [{ type: "text", text: JSON.stringify(answer.data) }],
    structuredContent: { ...answer.data },
  };
}

function failed(text: string): CallToolResult {
  return { isError: true, content: [{ type: "text", text }] };
}
