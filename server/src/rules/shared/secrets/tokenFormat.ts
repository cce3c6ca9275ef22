/** The form of one kind of token, as its provider documents it. */
export interface TokenFormat {
  readonly id: string;
  readonly provider: string;
  /** Every token of this kind has it; at least two ASCII characters. */
  readonly prefix: string;
  /** Sticky, starts with the prefix, and reads at most a bounded number of characters. */
  readonly pattern: RegExp;
  /** Where the provider describes these tokens. */
  readonly documentation: string;
  /** How many characters at the start of the match are not the token itself: 11 for `AccountKey=`. */
  readonly context?: number;
  /** Characters before the prefix that belong to the token. */
  readonly lead?: { readonly characters: RegExp; readonly least: number; readonly most: number };
  /** Parts of tokens that are published as examples. */
  readonly examples?: readonly string[];
  /** Different characters that a real one has after its prefix; 6 where it is missing. */
  readonly leastVaried?: number;
}

/** `[id, prefix, pattern of the rest]`, and what is unusual about it. */
export type TokenRow = readonly [
  id: string,
  prefix: string,
  rest: string,
  more?: Pick<TokenFormat, "context" | "lead" | "examples" | "leastVaried">,
];

/** The formats of one provider, which share the page that describes them. */
export function tokensOf(
  provider: string,
  documentation: string,
  rows: readonly TokenRow[],
): readonly TokenFormat[] {
  return rows.map(([id, prefix, rest, more]) => {
    const literal = prefix.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
    return { id, provider, prefix, pattern: new RegExp(literal + rest, "y"), documentation, ...more };
  });
}
