import type { Fix } from "../../engine/finding";
import { defineRule } from "../../engine/rule";
import { replaceSpan } from "../../text/edit";
import { type ExposeParts, exposeParts } from "../shared/exposeParts";
import { changed } from "../shared/fillIn";
import { cwe, dockerfileReference } from "../shared/references";
import { shorten } from "../shared/shorten";

export default defineRule({
  id: "expose-out-of-range",
  language: "dockerfile",
  local: true,
  needs: { keywords: ["EXPOSE"] },
  title: "EXPOSE names ports that exist",
  why: `Ports are numbers up to 65535. With another one the build stops; with a variable that has such a default, it
stops as soon as nobody gives another value.

Names of services (\`http\`), ranges whose end comes before their start, and protocols other than tcp, udp and sctp
are refused as well. The fix turns a range round, takes commas apart and writes a name of HTTP's as its number.
Otherwise there is none: only the author knows which port the program listens on.`,
  category: "network",
  severity: "low",
  profiles: ["recommended"],
  since: "0.1.0",
  aliases: [
    "hadolint:DL3011",
    "trivy:DS-0008",
    "kics:unix_ports_out_of_range",
    "semgrep:invalid-port",
    "dockerfilelint:invalid_port",
    "droast:DF040",
    "cwe:682",
  ],
  references: [dockerfileReference("EXPOSE", "expose"), cwe(682, "Incorrect calculation")],
  messages: {
    range: (port: string) => `There is no port ${port}: they end at 65535, so this cannot be built`,
    number: (port: string) => `${port} is no port number, so this cannot be built`,
    order: (port: string) => `The range ${port} ends before it starts, so this cannot be built`,
    protocol: (protocol: string) => `There is no protocol ${protocol} for EXPOSE, so this cannot be built`,
  },
  bad: [
    { title: "too high", source: "FROM a\nEXPOSE 80 «65536» «80000/tcp» «127.0.0.1:99999:123456»\n" },
    {
      title: "in a range, and with a variable",
      source: "FROM a\nEXPOSE «40000-80000/tcp» «$P-70000»\nONBUILD EXPOSE «90-80»\n",
      fixed: "FROM a\nEXPOSE 40000-80000/tcp $P-70000\nONBUILD EXPOSE 80-90\n",
    },
    { title: "a default", source: "FROM a\nARG PORT=808080\nEXPOSE «$PORT» «${A:-http}»\n" },
    {
      title: "no number, no protocol",
      source: "FROM a\nEXPOSE «http» «80,443» «-1» «80/http»\n",
      fixed: "FROM a\nEXPOSE 80 80 443 -1 80/tcp\n",
    },
  ],
  good: [
    { title: "ports", source: 'FROM a\nEXPOSE 0 1 65535 8000-9000/udp 53/UDP 132/sctp "80"\nEXPOSE\n' },
    { title: "variables", source: "FROM a\nEXPOSE $PORT ${PORT} 40000-${END} 80/$P\n" },
    { title: "half typed", source: "FROM a\nEXPOSE 80/ 80- 80:\n" },
  ],
  check(document, { report }) {
    for (const parts of exposeParts(document)) {
      const wrong = wrongIn(parts);
      if (wrong !== undefined)
        report(wrong.message, [shorten(wrong.text)], { at: parts.value.span, fixes: fixesOf(parts, wrong) });
    }
  },
});

interface Wrong {
  readonly message: "range" | "number" | "order" | "protocol";
  readonly text: string;
}

const highest = 65_535;
const protocols: ReadonlySet<string> = new Set(["", "tcp", "udp", "sctp"]);

function wrongIn({ port, protocol, value }: ExposeParts): Wrong | undefined {
  const { expanded } = value;
  const known = expanded.state === "known" && port.includes("$") ? expanded.value : port;
  const [from = "", to, ...more] = known.replace(/^["']|["']$/g, "").split("-");
  if (from === "" && to === undefined) return undefined;
  const ends = [from, ...(to === undefined ? [] : [to]), ...more];
  for (const [index, text] of ends.entries()) {
    const isOpen = text === "" && index > 0;
    if (isOpen || text.includes("$")) continue;
    if (!/^\d+$/.test(text) || index > 1)
      return isKnown(expanded, known) ? { message: "number", text: known } : undefined;
    if (Number(text) > highest) return { message: "range", text };
  }
  if (/^\d+$/.test(from) && to !== undefined && /^\d+$/.test(to) && Number(to) < Number(from))
    return { message: "order", text: known };
  const written = protocol?.replace(/["']$/, "").toLowerCase() ?? "";
  return protocols.has(written) || written.includes("$") ? undefined : { message: "protocol", text: written };
}

/** Of what can be meant only in one way: a list with commas, a range the wrong way round, a protocol of HTTP's kin. */
function fixesOf({ value, port, protocol }: ExposeParts, { message }: Wrong): readonly Fix[] {
  const { text, span } = value;
  if (span.end - span.start !== text.length) return [];
  const list = /^\d{1,5}(?:,\d{1,5}){1,20}$/.test(text) ? text.replaceAll(",", " ") : undefined;
  const [from = "", to = ""] = port.split("-");
  const suffix = protocol === undefined ? "" : `/${protocol}`;
  const turned =
    message === "order" && text === `${port}${suffix}` && /^\d+-\d+$/.test(port)
      ? `${to}-${from}${suffix}`
      : undefined;
  const known = message === "number" ? webPorts.get(text.toLowerCase()) : undefined;
  const carried =
    message === "protocol" && /^https?$/i.test(protocol ?? "") && text === `${port}${suffix}`
      ? `${port}/tcp`
      : undefined;
  const right = list ?? turned ?? known ?? carried;
  return right === undefined ? [] : changed(`Use ${shorten(right)}`, [replaceSpan(span, right)]);
}

const webPorts: ReadonlyMap<string, string> = new Map([
  ["http", "80"],
  ["https", "443"],
]);

function isKnown({ state }: ExposeParts["value"]["expanded"], text: string): boolean {
  return state === "known" || !text.includes("$");
}
