import {
  type AuditedFile,
  type AuditedImage,
  type AuditFinding,
  type AuditResult,
  type NotChecked,
  type Severity,
  severities,
} from "../../server/src/lsp/protocol";

/** By what the findings of an audit are gathered. */
export const groupings = ["file", "rule", "severity"] as const;
export type Grouping = (typeof groupings)[number];

/** A finding with the file that it stands in. */
export interface PlacedFinding {
  readonly uri: string;
  readonly finding: AuditFinding;
}

export type Node =
  | { readonly kind: "file"; readonly file: AuditedFile }
  | {
      readonly kind: "rule";
      readonly rule: string;
      readonly gravest: Severity;
      readonly findings: readonly PlacedFinding[];
    }
  | { readonly kind: "severity"; readonly severity: Severity; readonly findings: readonly PlacedFinding[] }
  | {
      readonly kind: "finding";
      readonly uri: string;
      readonly finding: AuditFinding;
      /** What stands above it, so that it need not be said again. */
      readonly under: Grouping;
    }
  | { readonly kind: "images"; readonly images: readonly AuditedImage[] }
  | { readonly kind: "image"; readonly image: AuditedImage }
  | { readonly kind: "toldOfImage"; readonly name: string; readonly text: string }
  | { readonly kind: "imagePlace"; readonly uri: string; readonly line: number }
  | { readonly kind: "notChecked"; readonly files: readonly NotChecked[] }
  | { readonly kind: "notCheckedFile"; readonly file: NotChecked };

/** The first level: the gravest first, then the images, and at the end what was not checked. */
export function rootsOf(result: AuditResult, grouping: Grouping): readonly Node[] {
  const { images = [], notChecked } = result;
  return [
    ...groupsOf(result, grouping),
    ...(images.length === 0 ? [] : [{ kind: "images", images } as const]),
    ...(notChecked.length === 0 ? [] : [{ kind: "notChecked", files: notChecked } as const]),
  ];
}

export function childrenOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case "file":
      return sorted(
        node.file.findings.map((finding) => ({ uri: node.file.uri, finding })),
        "file",
      );
    case "rule":
    case "severity":
      return sorted(node.findings, node.kind);
    case "images":
      return node.images.map((image) => ({ kind: "image", image }));
    case "image":
      return [
        ...node.image.told.map(({ name, text }) => ({ kind: "toldOfImage", name, text }) as const),
        ...node.image.places.map(({ uri, line }) => ({ kind: "imagePlace", uri, line }) as const),
      ];
    case "notChecked":
      return node.files.map((file) => ({ kind: "notCheckedFile", file }));
    default:
      return [];
  }
}

function groupsOf(result: AuditResult, grouping: Grouping): readonly Node[] {
  if (grouping === "file") {
    return [...result.files]
      .sort((a, b) => rankOf(a.findings) - rankOf(b.findings))
      .map((file) => ({ kind: "file", file }));
  }
  const placed = result.files.flatMap(({ uri, findings }) => findings.map((finding) => ({ uri, finding })));
  if (grouping === "severity") {
    return severities.flatMap((severity): readonly Node[] => {
      const findings = placed.filter(({ finding }) => finding.severity === severity);
      return findings.length === 0 ? [] : [{ kind: "severity", severity, findings }];
    });
  }
  const rules = new Map<string, PlacedFinding[]>();
  for (const one of placed) {
    const list = rules.get(one.finding.rule);
    if (list === undefined) rules.set(one.finding.rule, [one]);
    else list.push(one);
  }
  return [...rules]
    .map(([rule, findings]) => ({
      kind: "rule" as const,
      rule,
      findings,
      gravest: severities[rankOf(findings.map(({ finding }) => finding))] ?? "info",
    }))
    .sort(
      (a, b) =>
        severities.indexOf(a.gravest) - severities.indexOf(b.gravest) ||
        b.findings.length - a.findings.length ||
        (a.rule < b.rule ? -1 : 1),
    );
}

function sorted(findings: readonly PlacedFinding[], under: Grouping): readonly Node[] {
  return [...findings]
    .sort((a, b) => severities.indexOf(a.finding.severity) - severities.indexOf(b.finding.severity))
    .map((placed) => ({ kind: "finding", ...placed, under }));
}

/** The place of the gravest finding among the severities. */
function rankOf(findings: readonly AuditFinding[]): number {
  return Math.min(severities.length, ...findings.map((finding) => severities.indexOf(finding.severity)));
}
