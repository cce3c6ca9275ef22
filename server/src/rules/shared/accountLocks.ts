import type { Instruction } from "../../documents/dockerfile/model";
import { hasFlag, operandsOf } from "../../documents/shell/queries";
import { rememberLast } from "../../text/rememberLast";
import { accountCommand } from "./accounts";

/** What the commands of one step do to the passwords of accounts, by name as written; offsets of the document. */
export interface AccountLocks {
  /** The last command that locks an account. */
  readonly lockedAt: ReadonlyMap<string, number>;
  /** The last `chpasswd`, whose accounts are not known. */
  readonly passwordsSetAt: number;
  /** The first `adduser -D`, which in busybox makes an account that is locked and has no password. */
  readonly madeLockedAt: ReadonlyMap<string, number>;
}

/** Reads the commands of an instruction once for all that ask. */
export const accountLocks: (instruction: Instruction) => AccountLocks = rememberLast(
  (instruction: Instruction) => {
    const lockedAt = new Map<string, number>();
    const madeLockedAt = new Map<string, number>();
    let passwordsSetAt = -1;
    for (const command of "script" in instruction ? instruction.script.commands : []) {
      const { unwrapped, span } = command;
      const name = accountCommand(command)?.name?.text ?? operandsOf(unwrapped).at(-1)?.text ?? "";
      if (unwrapped.program === "chpasswd") passwordsSetAt = Math.max(passwordsSetAt, span.start);
      else if (unwrapped.program === "usermod" && hasFlag(unwrapped, "L", "lock"))
        lockedAt.set(name, span.start);
      else if (unwrapped.program === "passwd" && hasFlag(unwrapped, "l", "lock"))
        lockedAt.set(name, span.start);
      else if (unwrapped.program === "adduser" && hasFlag(unwrapped, "D", "") && !madeLockedAt.has(name))
        madeLockedAt.set(name, span.start);
    }
    return { lockedAt, passwordsSetAt, madeLockedAt };
  },
);
