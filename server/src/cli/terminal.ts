import type { NodeFiles } from "../platform/node";
import type { post } from "../platform/nodePost";
import type { Clock, KeylessVerifier, ReadResult, RegistryPorts, ScannerPorts } from "../platform/ports";

/** What a command line gives to a command. */
export interface Terminal {
  /** The working directory, absolute, with `/` and every link followed. */
  readonly cwd: string;
  readonly version: string;
  readonly files: NodeFiles;
  readonly clock: Clock;
  /** Whether a person sees standard output, rather than a program. */
  readonly isTerminal: boolean;
  /** Whether standard output shows colours. */
  readonly colours: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Where programs keep what they can make again, absolute, with `/`. */
  readonly cacheFolder: string;
  /** Names the program with all its rules; `undefined` where it runs from its sources. */
  build(): string | undefined;
  /** Raised when the user interrupts. */
  readonly signal: AbortSignal;
  /** What questions to registries need. Loaded only when a command may ask one. */
  registryPorts(): Promise<RegistryPorts>;
  /** What verifies certificates of Sigstore's. Loaded only when somebody wants that. */
  keylessVerifier(): Promise<KeylessVerifier>;
  /** What running a scanner needs. Loaded only when a command is to run one. */
  scannerPorts(): Promise<ScannerPorts>;
  /** Runs the language server on standard input and output. Loaded only when asked for, as its protocol costs more to start than a check. */
  serveEditor(): Promise<void>;
  /** An argument as an absolute path with `/`. */
  absolute(path: string): string;
  /** A path as an absolute one with `/`, seen from a folder. */
  absoluteIn(folder: string, path: string): string;
  out(text: string): void;
  /** Writes many pieces to standard output, no faster than its reader takes them. */
  outAll(chunks: Iterable<string>): Promise<void>;
  err(text: string): void;
  /** Sends a text to an address: only for the command that was told to. */
  post: typeof post;
  wait(milliseconds: number): Promise<void>;
  /** Standard input to its end, or `failed` where it is longer than `maxBytes` or no text. */
  readInput(maxBytes: number): Promise<ReadResult>;
}

/** What the process ends with; scripts rely on the numbers. */
export const exitCodes = { clean: 0, findings: 1, fault: 2 } as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Something that the user must do otherwise: said in one line, without a trace, and the process ends with 2. */
export class UsageError extends Error {}
