/**
 * Text from a file or a path, made harmless for a terminal: a control character could move the cursor, change
 * colours or the window's title, and a bidirectional one could make a line read as another. Each becomes one visible
 * character, so that columns stay.
 */
export function plainText(text: string): string {
  // Nearly all texts are plain already, and reports have millions of them.
  if (printable.test(text)) return text;
  return text.replace(unsafe, (char) => {
    const code = char.charCodeAt(0);
    if (char === "\t") return " ";
    if (code < 0x20) return String.fromCharCode(controlPictures + code);
    return code === 0x7f ? "\u2421" : "\ufffd";
  });
}

const controlPictures = 0x2400;

const printable = /^[\u0020-\u007e]*$/;

/** C0, C1, bidirectional controls, line and paragraph separators, zero-width characters, unpaired surrogates. */
const unsafe =
  /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
