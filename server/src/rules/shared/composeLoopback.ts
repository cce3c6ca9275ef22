import type { ComposeDocument, PortMapping } from "../../documents/compose/model";
import { placesOf } from "../../documents/yaml/places";
import { insertAt, replaceSpan, type TextEdit } from "../../text/edit";
import { lineBreakOf } from "../../text/lines";

/**
 * The edit that binds a published port to the loopback address, in the form in which the port is written.
 * @returns undefined for a block scalar or an alias, and where a variable holds the address
 */
export function bindToLoopback(document: ComposeDocument, port: PortMapping): TextEdit | undefined {
  if (port.hostIpSpan !== undefined) {
    const isIpv6 = port.hostIp?.includes(":") === true;
    return replaceSpan(port.hostIpSpan, !isIpv6 ? "127.0.0.1" : port.form === "short" ? "[::1]" : '"::1"');
  }
  if (port.hostIp !== undefined) return undefined;
  if (port.form === "long") return addHostIp(document, port);
  const { node, text } = port;
  if (node.kind !== "scalar" || text === undefined) return undefined;
  const prefix = port.published === undefined ? "127.0.0.1::" : "127.0.0.1:";
  if (node.style === "single" || node.style === "double") return insertAt(node.span.start + 1, prefix);
  const isFlow = placesOf(document.tree).itemOf(node)?.sequence.flow === true;
  if (node.style !== "plain") return undefined;
  return isFlow ? replaceSpan(node.span, `"${prefix}${node.value}"`) : insertAt(node.span.start, prefix);
}

function addHostIp(document: ComposeDocument, { node }: PortMapping): TextEdit | undefined {
  const last = node.kind === "map" ? node.pairs[node.pairs.length - 1] : undefined;
  if (node.kind !== "map" || last === undefined) return undefined;
  if (node.flow) return insertAt(last.value.span.end, ", host_ip: 127.0.0.1");
  const { line } = document.lines.at(last.value.span.end);
  const { column } = document.lines.at(node.span.start);
  return insertAt(
    document.lines.contentOf(line).end,
    `${lineBreakOf(document.text)}${" ".repeat(column)}host_ip: 127.0.0.1`,
  );
}
