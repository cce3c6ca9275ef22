/**
 * A function of a text that remembers its last answer: several rules ask the same of one document, one after another.
 * @param answer must depend on nothing but the text
 */
export function rememberLast<T>(answer: (text: string) => T): (text: string) => T {
  let last: { readonly text: string; readonly answer: T } | undefined;
  return (text) => {
    if (last === undefined || last.text !== text) last = { text, answer: answer(text) };
    return last.answer;
  };
}
