/** The part of the protocol that is about images: pinning and scanning them. */
import type { ProtocolPosition } from "./protocol";

export interface PinParams {
  /** An open document. */
  readonly uri: string;
  /** What it holds, for a server that has not been sent it. */
  readonly text?: string;
}

/** What an editor holds of a file. */
export interface EditorText {
  readonly uri: string;
  readonly text: string;
}

export interface PinAllParams {
  /** The workspace folders. */
  readonly folders: readonly string[];
  /** Files that differ from what is on the disk. */
  readonly unsaved: readonly EditorText[];
}

export interface ScanParams {
  /** An open document. */
  readonly uri: string;
  /** Where it names the one image to scan; without it all are. */
  readonly position?: ProtocolPosition;
  /** Where `$/progress` goes: messages without percentages. */
  readonly workDoneToken?: string | number;
}

export interface ScanResult {
  /** Images that were scanned, or had been. */
  readonly scanned: number;
  /** Those of them with something critical or high. */
  readonly grave: number;
  /** What was not scanned and why, each as a clause for a person. */
  readonly notes: readonly string[];
}

export interface PinResult {
  /** A workspace edit as the protocol has it; `undefined` where there is nothing to change. */
  readonly edit: unknown;
  /** Places that the edit changes. */
  readonly pinned: number;
  /** Files that the edit changes. */
  readonly files: number;
  /** What was not pinned and why, each as a clause for a person. */
  readonly notes: readonly string[];
}
