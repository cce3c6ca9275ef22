import {
  type Diagnostic,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from "vscode-languageserver";
import { type EditedPart, touches } from "./editedPart";

/** Remembers what was last told of a document, so that it is not told again at every keystroke. */
export interface LastReport {
  /**
   * What to answer to a pull.
   * @param id what a report of these diagnostics is called
   * @param make makes them, given those that were told last: it gives back each that is still the same
   * @param edited the part of the document that was edited since the last answer
   */
  answer(
    uri: string,
    id: string,
    make: (last: readonly Diagnostic[]) => Diagnostic[],
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
    answer(uri, id, make, previousId, edited) {
      const told = last?.uri === uri ? last.diagnostics : [];
      const diagnostics = make(told);
      // An editor moves what it shows along with the text. Where a range was edited, it may have moved otherwise.
      if (
        last?.uri === uri &&
        last.id === previousId &&
        told.length === diagnostics.length &&
        told.every((one, at) => one === diagnostics[at]) &&
        (edited === undefined || !diagnostics.some(({ range }) => touches(edited, range)))
      )
        return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: last.id };
      last = { uri, id, diagnostics };
      return { kind: DocumentDiagnosticReportKind.Full, resultId: id, items: diagnostics };
    },
  };
}
