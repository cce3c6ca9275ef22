import {
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type Range,
} from "vscode-languageserver";
import { type EditedPart, touches } from "./editedPart";

/** Remembers what was last told of a document, so that it is not told again at every keystroke. */
export interface LastReport {
  /**
   * What to answer to a pull.
   * @param id what a report of these diagnostics is called
   * @param edited the part of the document that was edited since the last answer
   */
  answer(
    uri: string,
    id: string,
    diagnostics: Diagnostic[],
    previousId: string | undefined,
    edited: EditedPart | undefined,
  ): DocumentDiagnosticReport;
}

/** Remembers one document: it is one that somebody types in. */
export function createLastReport(): LastReport {
  let last:
    | { readonly uri: string; readonly id: string; readonly diagnostics: readonly Diagnostic[] }
    | undefined;
  return {
    answer(uri, id, diagnostics, previousId, edited) {
      // An editor moves what it shows along with the text. Where a range was edited, it may have moved otherwise.
      if (
        last?.uri === uri &&
        last.id === previousId &&
        last.diagnostics.length === diagnostics.length &&
        last.diagnostics.every((one, at) => isSame(one, diagnostics[at]!)) &&
        (edited === undefined || !diagnostics.some(({ range }) => touches(edited, range)))
      )
        return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: last.id };
      last = { uri, id, diagnostics };
      return { kind: DocumentDiagnosticReportKind.Full, resultId: id, items: diagnostics };
    },
  };
}

/** The page follows from the code, and all come from the same source. */
function isSame(one: Diagnostic, other: Diagnostic): boolean {
  return (
    isSameRange(one.range, other.range) &&
    one.code === other.code &&
    one.severity === other.severity &&
    one.message === other.message &&
    one.tags?.[0] === other.tags?.[0] &&
    isSameRelated(one.relatedInformation, other.relatedInformation)
  );
}

function isSameRelated(
  one: Diagnostic["relatedInformation"],
  other: Diagnostic["relatedInformation"],
): boolean {
  if (one === undefined || other === undefined) return one === other;
  return (
    one.length === other.length &&
    one.every(({ message, location }, at) => {
      const { message: otherMessage, location: otherLocation } = other[at]!;
      return (
        message === otherMessage &&
        location.uri === otherLocation.uri &&
        isSameRange(location.range, otherLocation.range)
      );
    })
  );
}

function isSameRange({ start, end }: Range, other: Range): boolean {
  return (
    start.line === other.start.line &&
    start.character === other.start.character &&
    end.line === other.end.line &&
    end.character === other.end.character
  );
}
