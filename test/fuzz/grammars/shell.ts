import type { Dice } from "../dice";

const programs =
  "apt-get|apt|apk|yum|dnf|curl|wget|sudo|chmod|chown|echo|printf|cat|sh|bash|git|pip|npm|docker|podman|useradd|adduser|groupadd|usermod|su|gosu|set|export|env|cd|rm|mkdir|cp|mv|ln|tar|gpg|ssh-keygen|openssl|sed|tee|true|exec|test|[|eval|xargs|find|ssh|update-ca-certificates|passwd|chpasswd|exit".split(
    "|",
  );
const options =
  "-y|-k|-x|-e|-R|-c|-o|--insecure|--no-check-certificate|--no-install-recommends|-fsSL|777|a+w|u+s|root|app|install|update|remove|add|--allow-untrusted|run|-v|-p|--privileged|--user=root|/etc/passwd|/|.|/root/.ssh/id_rsa|https://example.org/install.sh|http://u:p@example.org/x.tar.gz|>|>>|2>&1|</dev/null|package=1.2|-d|-n|--".split(
    "|",
  );
const joins = [" && ", " || ", "; ", " | ", " & ", "\n", " \\\n  ", " |& ", " && \\\n    "];

/** Words of shell: options, variables in every form, quotes that may not be closed. */
export function shellWord(dice: Dice, depth = 0): string {
  switch (dice.below(depth > 3 ? 5 : 12)) {
    case 0:
      return dice.pick(programs);
    case 1:
      return `$${dice.pick(["X", "{X}", "{X:-y}", "{X:+z}", "{X#p}", "{X//a/b}", "{", "(", "1", "$", "{TOKEN}", "PASSWORD"])}`;
    case 2:
      return dice.pick([
        '"',
        "'",
        "`",
        "\\",
        "(",
        ")",
        "{",
        "}",
        "<<E",
        "<(",
        "#",
        "!",
        "*",
        "~",
        "é",
        "😀",
        "\t",
      ]);
    case 3:
    case 4:
    case 5:
    case 6:
      return dice.pick(options);
    case 7:
      return `"${dice.some(0, 3, () => shellWord(dice, depth + 1)).join(" ")}"`;
    case 8:
      return `'${dice.some(0, 3, () => shellWord(dice, depth + 1)).join(" ")}'`;
    case 9:
      return `$(${shellText(dice, depth + 1)})`;
    case 10:
      return `${dice.pick(["A", "TOKEN", "PASSWORD", "PATH"])}=${shellWord(dice, depth + 1)}`;
    default:
      return `${shellWord(dice, depth + 1)}${shellWord(dice, depth + 1)}`;
  }
}

/** A script: commands, pipelines, groups, conditions and here-documents. */
export function shellText(dice: Dice, depth = 0): string {
  const one = (): string => {
    const command = [dice.pick(programs), ...dice.some(0, 5, () => shellWord(dice, depth + 1))].join(" ");
    if (depth > 2) return command;
    switch (dice.below(14)) {
      case 0:
        return `if ${command}; then ${shellText(dice, depth + 1)}; fi`;
      case 1:
        return `for x in a "$@"; do ${shellText(dice, depth + 1)}; done`;
      case 2:
        return `( ${shellText(dice, depth + 1)} )`;
      case 3:
        return `{ ${command}; }`;
      case 4:
        return `sh -c ${dice.pick(['"', "'"])}${shellText(dice, depth + 1)}${dice.pick(['"', "'", ""])}`;
      case 5:
        return `cat <<${dice.pick(["-", ""])}${dice.pick(["E", "'E'", '"E"'])} ${dice.pick(["> /etc/x", "| sh", ""])}\n${command}\nE\n`;
      case 6:
        return `case $x in a) ${command};; *) ;; esac`;
      case 7:
        return `f() { ${command}; }`;
      default:
        return command;
    }
  };
  let text = one();
  for (const next of dice.some(0, 4, one)) text += dice.pick(joins) + next;
  return text;
}
