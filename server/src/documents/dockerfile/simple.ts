import type { BuildContext, Source } from "./context";
import type { CopyParts } from "./copy";
import type {
  ArgInstruction,
  Assignment,
  CopyInstruction,
  CopySource,
  EnvInstruction,
  Flag,
  FromInstruction,
  ImageUse,
  Instruction,
  LabelInstruction,
  OnbuildInstruction,
  PlainInstruction,
  UserInstruction,
  UserValue,
  Word,
} from "./model";
import { Parts } from "./parts";

export class From extends Parts implements FromInstruction {
  declare readonly keyword: "FROM";
  declare readonly words: readonly Word[];
  declare readonly image: ImageUse | undefined;
  declare readonly alias: Word | undefined;
  declare readonly platform: Flag | undefined;

  constructor(
    source: Source,
    context: BuildContext,
    words: readonly Word[],
    image: ImageUse | undefined,
    alias: Word | undefined,
    platform: Flag | undefined,
  ) {
    super(source, context);
    this.keyword = "FROM";
    this.words = words;
    this.image = image;
    this.alias = alias;
    this.platform = platform;
  }
}

export class Copy extends Parts implements CopyInstruction {
  declare readonly keyword: "COPY" | "ADD";
  declare readonly words: readonly Word[];
  declare readonly sources: readonly CopySource[];
  declare readonly destination: CopySource | undefined;
  declare readonly from: ImageUse | undefined;
  declare readonly exec: boolean;

  constructor(source: Source, context: BuildContext, keyword: "COPY" | "ADD", parts: CopyParts) {
    super(source, context);
    this.keyword = keyword;
    this.words = parts.words;
    this.sources = parts.sources;
    this.destination = parts.destination;
    this.from = parts.from;
    this.exec = parts.exec;
  }
}

export class Pairs<K extends "ENV" | "LABEL"> extends Parts {
  declare readonly words: readonly Word[];
  declare readonly assignments: readonly Assignment[];
  declare readonly legacy: boolean;
  declare readonly keyword: K;

  constructor(
    source: Source,
    context: BuildContext,
    keyword: K,
    parts: Pick<EnvInstruction | LabelInstruction, "words" | "assignments" | "legacy">,
  ) {
    super(source, context);
    this.keyword = keyword;
    this.words = parts.words;
    this.assignments = parts.assignments;
    this.legacy = parts.legacy;
  }
}

export class Arg extends Parts implements ArgInstruction {
  declare readonly keyword: "ARG";
  declare readonly words: readonly Word[];
  declare readonly assignments: readonly Assignment[];

  constructor(source: Source, context: BuildContext, parts: Pick<ArgInstruction, "words" | "assignments">) {
    super(source, context);
    this.keyword = "ARG";
    this.words = parts.words;
    this.assignments = parts.assignments;
  }
}

export class User extends Parts implements UserInstruction {
  declare readonly keyword: "USER";
  declare readonly words: readonly Word[];
  declare readonly user: UserValue | undefined;

  constructor(source: Source, context: BuildContext, words: readonly Word[], user: UserValue | undefined) {
    super(source, context);
    this.keyword = "USER";
    this.words = words;
    this.user = user;
  }
}

export class Plain extends Parts implements PlainInstruction {
  declare readonly keyword: PlainInstruction["keyword"];
  declare readonly words: readonly Word[];
  declare readonly values: readonly CopySource[];

  constructor(
    source: Source,
    context: BuildContext,
    keyword: PlainInstruction["keyword"],
    words: readonly Word[],
    values: readonly CopySource[],
  ) {
    super(source, context);
    this.keyword = keyword;
    this.words = words;
    this.values = values;
  }
}

export class Onbuild extends Parts implements OnbuildInstruction {
  declare readonly keyword: "ONBUILD";
  declare readonly words: readonly Word[];
  declare readonly trigger: Instruction | undefined;

  constructor(
    source: Source,
    context: BuildContext,
    words: readonly Word[],
    trigger: Instruction | undefined,
  ) {
    super(source, context);
    this.keyword = "ONBUILD";
    this.words = words;
    this.trigger = trigger;
  }
}
