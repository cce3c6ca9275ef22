import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { inner } from "../../../scripts/l10n/exceptions";
import { readTexts, serverTexts } from "../../../scripts/l10n/languages";
import type { Vulnerability } from "../../../server/src/engine/facts";
import { languages } from "../../../server/src/lsp/languages";
import { createSay, type Say } from "../../../server/src/lsp/say";
import { scanDetails, scanSummary } from "../../../server/src/lsp/scanText";
import { describePinAge } from "../../../server/src/registry/pinAge";

const root = join(__dirname, "../../..");
const english = serverTexts(root);

function sayIn(language: string): Say {
  const texts = Object.assign(
    {},
    ...(["titles", "messages", "phrases"] as const).map((file) => readTexts(root, language, file)),
  );
  return createSay({ english, translated: english.map((text) => texts[text] ?? text), inner: inner.length });
}

const hour = 3_600_000;
const now = Date.parse("2026-11-20T12:00:00Z");

function scanned(hoursAgo: number, critical: number) {
  return { scanner: "Trivy", scannedAt: now - hoursAgo * hour, critical, high: 0, fixable: critical };
}

function hint(days: number, newer: number): string {
  const created = new Date(now - days * 24 * hour).toISOString();
  const tags = Array.from({ length: newer }, (_, index) => `22.${index}`);
  return describePinAge(
    {
      created: { state: "known", value: created },
      tagDigest: { state: "known", value: "sha256:b" },
      newer: { state: "known", value: tags },
    },
    "sha256:a",
    now,
  ).label;
}

/** English words of the texts below; the names of severities stay as they are in some languages. */
const words =
  /\b(?:ago|old|newer|has moved|just now|fixable|controls|nothing|runs as|not checked|fixed in|no fix)\b/;

for (const language of languages) {
  test(`${language}: counts, ages and what is put together of several texts are said whole`, () => {
    const say = sayIn(language);
    const texts = [
      ...[0, 3, 72].flatMap((hours) => [
        scanSummary(scanned(hours, 2), now),
        scanSummary(scanned(hours, 0), now),
      ]),
      ...[0, 1, 5, 21, 90, 800].map((days) => hint(days, days)),
      "runs as root · 1 of 6 controls · 2 not checked",
      "stage 2: runs as root · 1 of 6 controls",
      'stage "build": runs as root · 1 of 6 controls',
    ];
    for (const text of texts) assert.doesNotMatch(say(text), words, text);
  });

  test(`${language}: each part of a lens stands for itself`, () => {
    const say = sayIn(language);
    const parts = ["runs as root", "1 of 6 controls", "2 not checked"];
    assert.equal(say(parts.join(" · ")), parts.map(say).join(" · "));
  });
}

test("a list of clauses is no pair, though one of them has an and", () => {
  const say = sayIn("de");
  assert.equal(
    say(
      "Not known here: end of support; vulnerabilities: no registry and no database is asked. Facts as of 2026-08-21.",
    ),
    "Hier nicht bekannt: Ende des Supports; Schwachstellen: Keine Registry und keine Datenbank wird gefragt. Stand der Angaben: 2026-08-21.",
  );
});

test("the gravest of a scan are said line by line", () => {
  const worst: readonly Vulnerability[] = [
    {
      id: "CVE-2026-1",
      package: "openssl",
      installed: "3.0.1",
      fixed: "3.0.2",
      severity: "critical",
    },
    { id: "CVE-2026-2", package: "zlib", installed: "1.3", fixed: undefined, severity: "high" },
  ];
  const lines = scanDetails({ ...scanned(3, 3), worst }, now).split("\n");
  const say = sayIn("de");
  assert.deepEqual(
    lines.map((line) => say(line.replace(/^- /, ""))),
    [
      "Gescannt: 3 kritisch, 0 schwer, 3 behebbar (Trivy, vor 3 Std.)",
      "",
      "CVE-2026-1, critical: <code>openssl 3.0.1</code>, behoben in <code>3.0.2</code>",
      "CVE-2026-2, high: <code>zlib 1.3</code>, noch keine Korrektur",
      "und 1 weitere",
    ],
  );
});
