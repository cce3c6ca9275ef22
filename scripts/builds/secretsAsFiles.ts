/**
 * Rewrites `RUN --mount=type=secret,id=X,env=Y command`, which the packaged builder does not know yet, into the mount
 * of a file and the variable that the shell reads from it: what BuildKit documents `env` to do. Only for a RUN in
 * shell form; anything else is left as it is, and fails.
 *
 * @param text a Dockerfile
 */
export function secretsAsFiles(text: string): string {
  return text.replace(/^(RUN[ \t]+(?:--[^ \t\n]+[ \t]+)*)(?=[^-\s[])/gm, (whole, head: string) => {
    const variables: string[] = [];
    const flags = head.replace(/--mount=(type=secret\S*)/g, (mount, options: string) => {
      const parts = options.split(",");
      const option = (key: string): string | undefined =>
        parts.find((part) => part.startsWith(`${key}=`))?.slice(key.length + 1);
      const [id, name] = [option("id"), option("env")];
      if (id === undefined || name === undefined) return mount;
      variables.push(`export ${name}="$(cat /run/secrets/${id})"; `);
      return `--mount=${parts.filter((part) => !part.startsWith("env=")).join(",")}`;
    });
    return variables.length === 0 ? whole : flags + variables.join("");
  });
}
