/**
 * A function that remembers its last answer: several rules ask the same of one document, one after another.
 *
 * For documents this is better than a weak map. Every keystroke makes a new document, and a weak map's entries stay
 * alive until the next full garbage collection, so that the small collections between copy thousands of dead models.
 *
 * @param answer must depend on nothing but the question, which is a text or something that never changes
 * @param keyOf what the answer depends on, where that is not all of the question: questions with the same key have one answer
 */
export function rememberLast<Question, Answer>(
  answer: (question: Question) => Answer,
  keyOf: (question: Question) => unknown = (question) => question,
): (question: Question) => Answer {
  let last: { readonly key: unknown; readonly answer: Answer } | undefined;
  return (question) => {
    const key = keyOf(question);
    if (last === undefined || last.key !== key) last = { key, answer: answer(question) };
    return last.answer;
  };
}
