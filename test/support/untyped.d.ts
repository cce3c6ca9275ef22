/** What the tests use of packages that come without types. */

declare module "sax" {
  interface Parser {
    onerror: (error: Error) => void;
    onopentag: (tag: {
      readonly name: string;
      readonly attributes: Readonly<Record<string, string>>;
    }) => void;
    ontext: (text: string) => void;
    onclosetag: () => void;
    write(text: string): Parser;
    close(): Parser;
  }
  /** @param strict whether text that is no well-formed XML is an error */
  export function parser(strict: boolean): Parser;
}

declare module "markdown-it" {
  interface MarkdownToken {
    readonly type: string;
    readonly children: readonly MarkdownToken[] | null;
    attrGet(name: string): string | null;
  }
  export default class MarkdownIt {
    constructor(options: { readonly html: boolean; readonly linkify: boolean });
    render(markdown: string): string;
    /** @param environment what links may refer to: nothing */
    parse(markdown: string, environment: object): readonly MarkdownToken[];
  }
}
