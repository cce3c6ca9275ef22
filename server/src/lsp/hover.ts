import { type Connection, type Hover, MarkupKind } from "vscode-languageserver";
import { ruleSummary } from "../docs/rulePage";
import { ruleUrl } from "../docs/ruleUrl";
import { parseIgnores } from "../engine/ignoreComments";
import type { Rule } from "../engine/rule";
import { ruleIndexOf } from "../engine/ruleIndex";
import { takesIgnoreComments } from "../engine/suppress";
import { imagePlaces } from "../registry/imagePlaces";
import { markdownText } from "../report/markdownText";
import { mostPagesInHover } from "../shown";
import { type Span, touchesOffset } from "../text/span";
import { configurationHover } from "./configurationHover";
import { guardRequest } from "./guard";
import { imageHover } from "./imageHover";
import type { Network } from "./network";
import { registryHover } from "./registryHover";
import type { Scans } from "./scans";
import { scanDetails } from "./scanText";
import type { Checked, Session } from "./session";

/**
 * Tells about the rules of the findings under the mouse, or of the ids that stand there in an ignore comment or in
 * `plimsoll.yaml`, and about the image there.
 */
export function registerHover(
  connection: Connection,
  session: Session,
  network: Network,
  scans: Scans,
): void {
  connection.onHover(
    guardRequest("textDocument/hover", session.log, null, async ({ textDocument, position }) => {
      const checked = await session.checked(textDocument.uri);
      if (checked === undefined) return null;
      const offset = checked.positions.offset(position);
      const { document } = checked.analysis;
      const word =
        document.language === "configuration"
          ? configurationHover(document, offset, session.rules, session.readsSchemas)
          : undefined;
      const found = findingRules(checked, offset) ?? word ?? commentRules(checked, offset, session.rules);
      const scanned = scanAt(checked, offset, scans, session.clock.now());
      const asked = await registryHover(network, checked, offset, session.clock.now());
      const others = { isScanned: scanned !== undefined, isAsked: asked?.isKnown === true };
      const image = checked.resource.settings.shows.imageHover
        ? imageHover(checked.analysis.document, offset, checked.input.facts.today, others)
        : undefined;
      const span = found?.span ?? image?.span ?? asked?.span ?? scanned?.span;
      if (span === undefined) return null;
      // The facts are short, and bear on whether the rule is right; a page is long.
      const parts = [
        image?.markdown ?? [],
        asked?.markdown ?? [],
        scanned?.markdown ?? [],
        word?.markdown ?? [],
        found !== undefined && found.rules.length > 0 ? rulesText(found.rules, session) : [],
      ].flat();
      return { contents: contentOf(parts, session), range: checked.positions.range(span) };
    }),
  );
}

/** What a scanner has found in the image at an offset. */
function scanAt(
  { analysis }: Checked,
  offset: number,
  scans: Scans,
  now: number,
): { readonly span: Span; readonly markdown: string } | undefined {
  const place = imagePlaces(analysis.document).find(({ span }) => touchesOffset(span, offset));
  const found = place && scans.of(place);
  if (place === undefined || found === undefined) return undefined;
  const markdown =
    "unknown" in found ? `Not scanned: ${markdownText(found.unknown)}` : scanDetails(found, now);
  return { span: place.span, markdown };
}

interface Found {
  readonly rules: readonly string[];
  readonly span: Span;
}

function findingRules(checked: Checked, offset: number): Found | undefined {
  const findings = checked.analysis.findings.filter((finding) => touchesOffset(finding.span, offset));
  const [first] = findings;
  return first && { rules: [...new Set(findings.map((finding) => finding.rule))], span: first.span };
}

function commentRules(checked: Checked, offset: number, rules: readonly Rule[]): Found | undefined {
  const { document } = checked.analysis;
  if (!takesIgnoreComments(document)) return undefined;
  for (const ignore of parseIgnores(document, ruleIndexOf(rules))) {
    const id = ignore.ids.find((candidate) => touchesOffset(candidate.span, offset));
    if (id !== undefined && id.rules.length > 0) return { rules: id.rules, span: id.span };
  }
  return undefined;
}

function rulesText(ids: readonly string[], session: Session): string {
  const rules = ids.flatMap((id) => ruleIndexOf(session.rules).byId(id) ?? []).slice(0, mostPagesInHover);
  return rules.map((rule) => `${ruleSummary(rule)}\n\n[Examples](${ruleUrl(rule.id)})`).join(separator);
}

const separator = "\n\n---\n\n";

function contentOf(parts: readonly string[], session: Session): Hover["contents"] {
  const value = parts.join(separator);
  const formats = session.client.textDocument?.hover?.contentFormat;
  const plain = formats !== undefined && !formats.includes(MarkupKind.Markdown);
  return { kind: plain ? MarkupKind.PlainText : MarkupKind.Markdown, value };
}
