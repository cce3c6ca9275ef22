import type { Message, MessageStrategy } from "vscode-languageserver";

/** Lets messages through, or keeps them in their order until what they need is loaded. */
export interface MessageGate extends MessageStrategy {
  /** From now on messages wait: the first one starts the loading, and all go through when it is done. */
  hold(): void;
}

/**
 * @param load called once; whether it succeeds or fails, the messages go through, so that each gets its answer
 */
export function createMessageGate(load: () => Promise<void>): MessageGate {
  let state: "open" | "held" | "loading" = "open";
  const waiting: (() => void)[] = [];
  const open = (): void => {
    state = "open";
    for (const pass of waiting.splice(0)) pass();
  };
  return {
    hold() {
      state = "held";
    },
    handleMessage(message: Message, next: (message: Message) => void) {
      if (state === "open") return next(message);
      waiting.push(() => next(message));
      if (state === "loading") return;
      state = "loading";
      load().then(open, open);
    },
  };
}
