import { maxRemembered } from "../limits";
import { ownCopy } from "./ownCopy";

/**
 * A function of a short text that remembers its answers: at each keystroke nearly all questions are those of the last.
 * @param keyOf names what is asked: equal names must mean equal answers
 * @param answer must hold no part of a question, which may be cut out of a document that would be kept with it
 */
export function rememberMany<Q, A>(
  keyOf: (question: Q) => string,
  answer: (question: Q) => A,
): (question: Q) => A {
  const known = new Map<string, A>();
  return (question) => {
    const key = keyOf(question);
    const remembered = known.get(key);
    if (remembered !== undefined || known.has(key)) return remembered as A;
    if (known.size >= maxRemembered) known.clear();
    const found = answer(question);
    known.set(ownCopy(key), found);
    return found;
  };
}
