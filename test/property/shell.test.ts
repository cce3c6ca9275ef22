import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import type { ShellCommand, ShellScript, ShellWord } from "../../server/src/documents/shell/model";
import { parseShell, scriptOfExec } from "../../server/src/documents/shell/parse";
import { findOption, removalOfOption, spanOfOption } from "../../server/src/documents/shell/queries";
import { containsSpan, type Span, spanOf } from "../../server/src/text/span";

/** Pieces that make shell text, well formed and not. */
const piece = fc.constantFrom(
  ..."curl -k|wget|sudo -u a |env A=b |sh -c '|bash -c \"|eval |find . -exec |\\;|apt-get install -y |".split(
    "|",
  ),
  ..."&&§||§|§;§&§\n§ §\\\n§\\\n  §$(§)§`§\\`§\"§'§\\\"§$X§${X:-§}§<(§>out §2>&1 §<<EOF\n§<<-'E'\n§\nEOF\n§<<< §".split(
    "§",
  ),
  ..."if |then |fi|for x in |do |done|while |case x in |esac|{ |}|(|)|f() |[[ |]]|((|))|! |time |#c|\r\n|é😀|$'\\n'".split(
    "|",
  ),
);
const shellText = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(""));
const anyText = fc.oneof(shellText, fc.string({ unit: "binary", maxLength: 60 }));

function spansOf(command: ShellCommand): readonly Span[] {
  const words: readonly (ShellWord | undefined)[] = [
    command.name,
    ...command.arguments,
    ...command.assignments.map(({ value }) => value),
    ...command.redirections.map(({ target }) => target),
    command.unwrapped.name,
    ...command.unwrapped.arguments,
    ...command.unwrapped.wrappers,
  ];
  return [
    command.span,
    ...words.flatMap((word) => (word === undefined ? [] : [word.span])),
    ...command.assignments.map(({ span }) => span),
    ...command.redirections.flatMap(({ span, body }) => (body === undefined ? [span] : [span, body])),
  ];
}

/** A script as plain data: references to commands become indexes, so that two scripts can be compared. */
function plain(script: ShellScript, movedBy: number): unknown {
  const index = (command: ShellCommand | undefined) =>
    command === undefined ? undefined : script.commands.indexOf(command);
  const data = script.commands.map((command) => ({
    ...command,
    pipeline: command.pipeline.map(index),
    inputs: command.inputs.map(index),
    feeds: index(command.feeds),
    runBy: index(command.runBy),
  }));
  return JSON.parse(
    JSON.stringify({ ...script, commands: data }, (key, value) =>
      (key === "start" || key === "end") && typeof value === "number" ? value - movedBy : value,
    ),
  );
}

test("any text gives commands in order, with spans inside the script", () => {
  fc.assert(
    fc.property(anyText, fc.nat(1_000), (text, offset) => {
      const { commands, span } = parseShell(text, offset, "posix");
      assert.deepEqual(span, spanOf(offset, offset + text.length));
      for (const [at, command] of commands.entries()) {
        for (const inner of spansOf(command)) {
          assert.ok(inner.start <= inner.end && containsSpan(span, inner), JSON.stringify({ text, inner }));
        }
        assert.ok(command.span.start >= (commands[at - 1]?.span.start ?? 0));
      }
    }),
    { numRuns: 600 },
  );
});

test("references stay within the script", () => {
  fc.assert(
    fc.property(shellText, (text) => {
      const { commands } = parseShell(text, 0, "posix");
      const known = new Set(commands);
      for (const command of commands) {
        assert.equal(command.pipeline[command.pipelineIndex], command);
        for (const other of [...command.pipeline, ...command.inputs]) assert.ok(known.has(other));
        for (const other of [command.feeds, command.runBy])
          assert.ok(other === undefined || known.has(other));
      }
    }),
    { numRuns: 600 },
  );
});

test("the text at an exact word's span is the word, continuations aside", () => {
  fc.assert(
    fc.property(shellText, fc.nat(50), (text, offset) => {
      for (const command of parseShell(text, offset, "posix").commands) {
        for (const word of command.arguments.filter(({ exact }) => exact)) {
          const there = text.slice(word.span.start - offset, word.span.end - offset);
          const bare = (value: string) => value.replaceAll(/\\[ \t\r]*\n|\r/g, "");
          assert.equal(bare(there), bare(word.text), JSON.stringify(text));
        }
      }
    }),
    { numRuns: 600 },
  );
});

test("a script at another offset is the same script, moved", () => {
  fc.assert(
    fc.property(shellText, fc.nat(1_000), fc.integer({ min: 1, max: 1_000 }), (text, offset, by) => {
      const here = parseShell(text, offset, "posix");
      const there = parseShell(text, offset + by, "posix");
      assert.deepEqual(plain(there, offset + by), plain(here, offset));
      // A text that only differs in its last blank is parsed afresh, and must not differ otherwise.
      const afresh = parseShell(`${text} `, offset + by, "posix");
      if (!text.includes("\\") && !here.incomplete) {
        assert.equal(afresh.commands.length, there.commands.length);
        for (const [at, command] of afresh.commands.entries()) {
          assert.deepEqual(command.name?.span, there.commands[at]!.name?.span);
        }
      }
    }),
    { numRuns: 600 },
  );
});

test("every prefix of a script can be read", () => {
  fc.assert(
    fc.property(shellText, (text) => {
      for (let end = 0; end <= text.length; end += 1) parseShell(text.slice(0, end), 0, "posix");
    }),
    { numRuns: 200 },
  );
});

test("an exec form of any strings gives spans inside it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(anyText, fc.constantFrom("sh", "bash", "-c", "find", "-exec")), { maxLength: 6 }),
      (strings) => {
        let text = "[";
        const args = strings.map((value) => {
          const start = text.length;
          text += JSON.stringify(value);
          const span = spanOf(start, text.length);
          text += ",";
          return { value, span };
        });
        const whole = spanOf(0, text.length);
        for (const command of scriptOfExec(args, whole).commands) {
          for (const inner of spansOf(command)) {
            assert.ok(
              inner.start <= inner.end && containsSpan(whole, inner),
              JSON.stringify({ strings, inner }),
            );
          }
        }
      },
    ),
    { numRuns: 600 },
  );
});

test("taking an option away leaves the others", () => {
  const flag = fc.constantFrom(
    "-k",
    "-fsSLk",
    "-ks",
    "--insecure",
    "-s",
    "-L",
    "--fail",
    "-o f",
    "-H 'a: k'",
    '"-sk"',
  );
  fc.assert(
    fc.property(fc.array(flag, { maxLength: 6 }), (flags) => {
      let text = `sudo curl ${flags.join(" ")} https://x`;
      const first = parseShell(text, 0, "posix").commands[0]!.unwrapped;
      const rest = first.arguments.map(({ value }) => value).filter((value) => !value?.startsWith("-"));
      for (let round = 0; ; round += 1) {
        assert.ok(round <= flags.length);
        const { unwrapped } = parseShell(text, 0, "posix").commands[0]!;
        const option = findOption(unwrapped, "k", "insecure");
        if (option === undefined) {
          assert.deepEqual(
            unwrapped.arguments.map(({ value }) => value).filter((value) => !value?.startsWith("-")),
            rest,
          );
          return;
        }
        const removal = removalOfOption(option, text)!;
        assert.ok(containsSpan(removal, spanOfOption(option)));
        text = text.slice(0, removal.start) + text.slice(removal.end);
      }
    }),
    { numRuns: 300 },
  );
});
