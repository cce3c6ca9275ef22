/** A file mode as `chmod` takes it, judged by what it allows others to do. */
export interface JudgedMode {
  /** Whether it gives everybody the right to write, and no sticky bit keeps them from each other's files. */
  readonly worldWritable: boolean;
  /** The same mode without that right; `undefined` where nothing would be left of it. */
  readonly tightened: string | undefined;
}

/**
 * Judges a numeric (`0777`) or symbolic (`a+rwx,o-x`) mode.
 * @returns undefined for a text that is no mode
 */
export function judgeMode(mode: string): JudgedMode | undefined {
  if (/^[0-7]{1,5}$/.test(mode)) return judgeNumber(mode);
  // An operator before a number says which of its bits are set, whatever the umask is.
  if (/^[+=][0-7]{1,5}$/.test(mode)) {
    const { worldWritable, tightened } = judgeNumber(mode.slice(1));
    return { worldWritable, tightened: `${mode[0]}${tightened}` };
  }
  const clauses = mode.slice(0, 200).split(",").map(parseClause);
  if (clauses.length === 0 || clauses.some((clause) => clause === undefined)) return undefined;
  const parsed = clauses.filter((clause) => clause !== undefined);
  const sticky = parsed.some(({ operator, rights }) => operator !== "-" && rights.includes("t"));
  const tightened = parsed.flatMap((clause) => (opens(clause) ? withoutWrite(clause) : [textOf(clause)]));
  return {
    worldWritable: !sticky && parsed.some(opens),
    tightened: tightened.length > 0 ? tightened.join(",") : undefined,
  };
}

/** What a mode says of the bits that make a program run as its owner or group. */
export interface SpecialBits {
  readonly setuid: boolean;
  readonly setgid: boolean;
  /** Whether it takes one of the bits away and sets none. */
  readonly strips: boolean;
  /** The same mode without setting them; `undefined` where nothing would be left of it. */
  readonly without: string | undefined;
}

/**
 * Reads the set-user-ID and set-group-ID bits of a numeric or symbolic mode. A number of three digits says nothing of
 * them: `chmod` leaves those of a directory as they are.
 *
 * @returns undefined for a text that is no mode
 */
export function specialBits(mode: string): SpecialBits | undefined {
  if (/^[0-7]{1,5}$/.test(mode)) {
    const bits = Number.parseInt(mode, 8);
    const without = (bits & ~0o6000).toString(8).padStart(mode.length, "0");
    return { setuid: (bits & 0o4000) !== 0, setgid: (bits & 0o2000) !== 0, strips: false, without };
  }
  const clauses = mode.slice(0, 200).split(",").map(parseClause);
  const parsed = clauses.filter((clause) => clause !== undefined);
  if (parsed.length < clauses.length) return undefined;
  const setting = parsed.filter(({ operator, rights }) => operator !== "-" && rights.includes("s"));
  const setuid = setting.some(({ who }) => who === "" || /[ua]/.test(who));
  const setgid = setting.some(({ who }) => who === "" || /[ga]/.test(who));
  const strips = !setuid && !setgid && parsed.some((one) => one.operator === "-" && one.rights.includes("s"));
  const left = parsed.flatMap((clause) => {
    if (!setting.includes(clause)) return [textOf(clause)];
    const rights = clause.rights.replaceAll("s", "");
    return rights === "" && clause.operator === "+" ? [] : [textOf({ ...clause, rights })];
  });
  return { setuid, setgid, strips, without: left.length > 0 ? left.join(",") : undefined };
}

/** Whether the files that are made under a mask (`000`, `a=rwx`) are everybody's to write. */
export function opensMask(mask: string): boolean {
  if (/^[0-7]{1,4}$/.test(mask)) return (Number.parseInt(mask, 8) & 0o2) === 0;
  return judgeMode(mask)?.worldWritable === true;
}

function judgeNumber(text: string): JudgedMode & { readonly tightened: string } {
  const bits = Number.parseInt(text, 8);
  const tightened = (bits & ~0o2).toString(8).padStart(text.length, "0");
  return { worldWritable: (bits & 0o2) !== 0 && (bits & 0o1000) === 0, tightened };
}

interface Clause {
  readonly who: string;
  readonly operator: string;
  readonly rights: string;
}

/** One part of a symbolic mode; several operators in one part (`a+r+w`) are too rare to follow. */
function parseClause(text: string): Clause | undefined {
  const match = /^([ugoa]{0,4})([+=-])([rwxXst]{0,6})$/.exec(text);
  return match ? { who: match[1] ?? "", operator: match[2] ?? "", rights: match[3] ?? "" } : undefined;
}

/** Without `u`, `g`, `o` or `a` the process's umask takes the right to write from others. */
function opens({ who, operator, rights }: Clause): boolean {
  return operator !== "-" && rights.includes("w") && /[oa]/.test(who);
}

function withoutWrite({ who, operator, rights }: Clause): readonly string[] {
  const inner = who.includes("a") ? "ug" : who.replaceAll("o", "");
  const left = rights.replaceAll("w", "");
  const own = inner === "" ? [] : [`${inner}${operator}${rights}`];
  return left === "" && operator === "+" ? own : [...own, `o${operator}${left}`];
}

function textOf({ who, operator, rights }: Clause): string {
  return who + operator + rights;
}
