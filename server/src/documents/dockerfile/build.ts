import type { Span } from "../../text/span";
import { argumentsOf, pairsOf } from "./assignments";
import { afterWord, splitCommand } from "./command";
import { addSyntaxProblem, type BuildContext, type Source } from "./context";
import { copyOf, sourceOf } from "./copy";
import { imageUse } from "./imageUse";
import { offsetOf, spanIn } from "./logical";
import type {
  ArgInstruction,
  Assignment,
  FromInstruction,
  HealthcheckInstruction,
  Instruction,
  OnbuildInstruction,
  PlainInstruction,
  UserInstruction,
  UserValue,
  Word,
} from "./model";
import { mountsOf } from "./mounts";
import { Healthcheck, Run, Start } from "./running";
import { Arg, Copy, From, Onbuild, Pairs, Plain, User } from "./simple";
import { expand } from "./variables";
import { execWords, splitAtBlanks, wordIn } from "./words";

/** Builds the model of one instruction. Reads the scope; writes to it only what ARG declares. */
export function buildInstruction(source: Source, context: BuildContext): Instruction {
  const { keyword, exec, argumentsStart, end, line } = source.command;
  if (exec?.invalid === true) {
    addSyntaxProblem(context, spanIn(line, argumentsStart, end), "A JSON array here must hold only strings.");
  } else if (argumentsStart === end && keyword !== "ONBUILD" && keywords.has(keyword)) {
    addSyntaxProblem(context, keywordSpan(source), `${keyword} needs an argument.`);
  }
  switch (keyword) {
    case "FROM":
      return fromOf(source, context);
    case "RUN":
      return new Run(source, context, mountsOf(source, context));
    case "CMD":
    case "ENTRYPOINT":
    case "SHELL":
      return new Start(source, context, keyword);
    case "HEALTHCHECK":
      return healthcheckOf(source, context);
    case "COPY":
    case "ADD":
      return new Copy(source, context, keyword, copyOf(source, context));
    case "ENV":
      return new Pairs(source, context, keyword, pairsOf(source, context));
    case "LABEL":
      return new Pairs(source, context, keyword, pairsOf(source, context));
    case "ARG":
      return argOf(source, context);
    case "USER":
      return userOf(source, context);
    case "ONBUILD":
      return onbuildOf(source, context);
    default:
      return plainOf(source, context);
  }
}

const keywords: ReadonlySet<string> = new Set(
  "FROM RUN CMD ENTRYPOINT SHELL HEALTHCHECK COPY ADD ENV LABEL ARG USER ONBUILD EXPOSE VOLUME WORKDIR STOPSIGNAL MAINTAINER".split(
    " ",
  ),
);

function keywordSpan(source: Source): Span {
  return spanIn(source.command.line, source.command.start, source.command.keywordEnd);
}

function fromOf(source: Source, context: BuildContext): FromInstruction {
  const { line, argumentsStart, end } = source.command;
  const words = splitAtBlanks(line, argumentsStart, end, context.escape);
  const image = words[0];
  const as = words[1];
  const isNamed = as !== undefined && as.text.toUpperCase() === "AS";
  if (as !== undefined && (!isNamed || words.length !== 3)) {
    addSyntaxProblem(context, as.span, 'FROM takes an image, and "AS" with a name.');
  }
  return new From(
    source,
    context,
    words,
    image && imageUse(image.text, image.span, context, "FROM"),
    isNamed ? words[2] : undefined,
    source.command.flags.find((flag) => flag.name === "platform"),
  );
}

function healthcheckOf(source: Source, context: BuildContext): HealthcheckInstruction {
  const { line, argumentsStart, end } = source.command;
  const start = afterWord(line.text, argumentsStart, end);
  const type = line.text.slice(argumentsStart, start).trim().toUpperCase();
  if (argumentsStart < end && type !== "CMD" && type !== "NONE") {
    addSyntaxProblem(
      context,
      spanIn(line, argumentsStart, end),
      "HEALTHCHECK takes CMD with a command, or NONE.",
    );
  }
  return new Healthcheck(source, context, type === "CMD" ? start : end, type === "NONE");
}

function argOf(source: Source, context: BuildContext): ArgInstruction {
  const declare = (assignment: Assignment): Assignment => {
    if (source.onbuild) return assignment;
    const value = context.scope.declareArg(assignment.name, assignment.expanded, context.position);
    return { ...assignment, expanded: value };
  };
  return new Arg(source, context, argumentsOf(source, context, declare));
}

function userOf(source: Source, context: BuildContext): UserInstruction {
  const words = wholeArgument(source, context);
  const word = words[0];
  return new User(source, context, words, word && userValue(word, context));
}

function userValue(word: Word, context: BuildContext): UserValue {
  const expanded = expand(word.text, context.scope, context.escape);
  if (expanded.state === "known") {
    const name = expanded.value.split(":", 1)[0] ?? "";
    return { text: word.text, span: word.span, name: { state: "known", value: name } };
  }
  let depth = 0;
  for (let at = 0; at < word.text.length; at++) {
    const char = word.text.charAt(at);
    if (char === "{") depth++;
    else if (char === "}") depth--;
    else if (char === ":" && depth === 0) {
      return {
        text: word.text,
        span: word.span,
        name: expand(word.text.slice(0, at), context.scope, context.escape),
      };
    }
  }
  return { text: word.text, span: word.span, name: expanded };
}

/** BuildKit takes everything after USER, WORKDIR, STOPSIGNAL and MAINTAINER as one value, blanks included. */
function wholeArgument(source: Source, context: BuildContext): readonly Word[] {
  const { line, argumentsStart, end } = source.command;
  return argumentsStart === end ? [] : [wordIn(line, argumentsStart, end, context.escape)];
}

const wholeKeywords: ReadonlySet<string> = new Set(["WORKDIR", "STOPSIGNAL", "MAINTAINER"]);

function plainOf(source: Source, context: BuildContext): PlainInstruction {
  const { line, argumentsStart, end, exec, keyword } = source.command;
  const isKnown = keywords.has(keyword);
  if (!isKnown)
    addSyntaxProblem(context, keywordSpan(source), `No instruction is called "${keyword.slice(0, 40)}".`);
  const words =
    exec !== undefined && !exec.invalid
      ? execWords(context.text, exec.strings)
      : wholeKeywords.has(keyword)
        ? wholeArgument(source, context)
        : splitAtBlanks(line, argumentsStart, end, context.escape);
  return new Plain(
    source,
    context,
    isKnown ? (keyword as PlainInstruction["keyword"]) : "UNKNOWN",
    words,
    words.map((word) => sourceOf(exec === undefined ? word.text : word.value, word.span, context)),
  );
}

function onbuildOf(source: Source, context: BuildContext): OnbuildInstruction {
  const { line, argumentsStart, end } = source.command;
  const words = splitAtBlanks(line, argumentsStart, end, context.escape);
  const command = splitCommand(line, argumentsStart);
  if (command.start === command.end || source.onbuild) {
    if (source.onbuild) addSyntaxProblem(context, keywordSpan(source), "ONBUILD cannot stand after ONBUILD.");
    return new Onbuild(source, context, words, undefined);
  }
  const startLine = context.lines.at(offsetOf(line, command.start)).line;
  const trigger = buildInstruction({ ...source, command, startLine, onbuild: true }, context);
  return new Onbuild(source, context, words, trigger);
}
