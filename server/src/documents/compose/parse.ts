import { type Neighbours, noNeighbours } from "../neighbours";
import type { ComposeDocument } from "./model";
import { createComposeParser, type ParsedCompose } from "./parser";

/**
 * Parses a Compose file, however broken: what can be told is in the model, and `problems` says what cannot.
 * @param neighbours what is known of the files that belong to it
 */
export function parseCompose(text: string, neighbours: Neighbours = noNeighbours): ComposeDocument {
  return parseComposeAgain(text, neighbours).document;
}

/**
 * The same, with what an edit has left of the document that was parsed before. Whoever collects the neighbours of a
 * document parses it, too, just before it is judged: the answer is the same one.
 */
export function parseComposeAgain(text: string, neighbours: Neighbours): ParsedCompose {
  if (last?.text !== text || last.neighbours !== neighbours)
    last = { text, neighbours, parsed: parser.parse(text, neighbours) };
  return last.parsed;
}

const parser = createComposeParser();

let last:
  | { readonly text: string; readonly neighbours: Neighbours; readonly parsed: ParsedCompose }
  | undefined;
