/**
 * Whether a path, as written with its quotes, is relative beyond doubt: none that begins with a variable, with a drive
 * letter, or with a slash of either kind. `~` is no home folder to a builder.
 */
export function isRelativePath(written: string): boolean {
  return /^["']?[^"'\s/\\$%]/.test(written) && !/^["']?[A-Za-z]:/.test(written);
}

/**
 * The absolute path that a plain relative one stands for.
 * @param folder what it is relative to, absolute
 * @returns undefined for a path with quotes, variables, patterns or `..`, and where the folder has a `..`: builders
 *   take that out of a joined path, but not of an absolute one
 */
export function absolutePath(written: string, folder: string): string | undefined {
  if (!/^[\w.@+/-]{1,1000}$/.test(written) || goesUp.test(written) || goesUp.test(folder)) return undefined;
  const rest = written.replace(/^(?:\.\/){1,100}/, "").replace(/^\.$/, "");
  return `${folder.replace(/\/\.?(?=\/|$)/g, "")}/${rest}`;
}

const goesUp = /(?:^|\/)\.\.(?:\/|$)/;
