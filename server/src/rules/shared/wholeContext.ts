/** Whether a source of COPY or ADD is the whole build context. */
export function isWholeContext(source: string): boolean {
  return /^"?(?:\.|\.\/|\/|\*|\.\/\*|\.\/\.)"?$/.test(source);
}
