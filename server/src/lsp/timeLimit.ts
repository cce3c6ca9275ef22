/**
 * Waits for an answer from outside, but not for ever.
 * @param limit milliseconds
 * @param late what counts as the answer when none came in time, or it failed
 */
export function withTimeLimit<T>(answer: Promise<T>, limit: number, late: T): Promise<T> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(late), limit);
    const settle = (value: T): void => {
      clearTimeout(timer);
      resolve(value);
    };
    answer.then(settle, () => settle(late));
  });
}
