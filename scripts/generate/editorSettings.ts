/** Settings about when something is checked, and where. */
export const timing: Readonly<Record<string, object>> = {
  "plimsoll.enable": {
    type: "boolean",
    default: true,
    scope: "resource",
    markdownDescription: "Check Dockerfiles, Compose files and Docker's `daemon.json`.",
  },
  "plimsoll.run": {
    type: "string",
    enum: ["onType", "onSave"],
    markdownEnumDescriptions: ["As you type.", "When a file is opened or saved."],
    default: "onType",
    scope: "resource",
    markdownDescription: "When files are checked.",
  },
  "plimsoll.quietWhileTyping": {
    type: "boolean",
    default: true,
    scope: "resource",
    markdownDescription:
      "Show a new finding on the line that you type in only once you have paused for a second. Findings on other lines are shown at once.",
  },
  "plimsoll.workspaceFindings": {
    type: "boolean",
    default: false,
    scope: "window",
    markdownDescription:
      "Show findings of the whole workspace in Problems without opening files. They follow the files.",
  },
  "plimsoll.hideDuplicates": {
    type: "boolean",
    default: true,
    scope: "resource",
    markdownDescription:
      "Leave out what Docker DX, Container Tools, hadolint, Trivy or SonarQube for IDE show at the same place at this moment. The fixes stay on offer.",
  },
  "plimsoll.fixAll.rules": {
    type: "array",
    items: { type: "string" },
    default: ["*"],
    scope: "resource",
    markdownDescription:
      "Rules whose safe fixes *Fix All in File* and fixing on save apply: ids, or patterns with `*`; `!` before one takes it away again.",
  },
  "plimsoll.trace.server": {
    type: "string",
    enum: ["off", "messages", "verbose"],
    default: "off",
    scope: "window",
    tags: ["advanced"],
    markdownDescription:
      "Write the messages between the editor and the language server to the output channel.",
  },
};

/** Settings about what is shown beside findings: each has its own, so that nobody has to take all or nothing. */
export const seeing: Readonly<Record<string, object>> = {
  "plimsoll.codeLens": {
    type: "boolean",
    default: true,
    scope: "resource",
    markdownDescription:
      "Show above each final stage and each service how it stands, and a way to harden it.",
  },
  "plimsoll.imageHover": {
    type: "boolean",
    default: true,
    scope: "resource",
    markdownDescription: "Tell on hover what is known of an image.",
  },
  "plimsoll.inlayHints.user": {
    type: "boolean",
    default: false,
    scope: "resource",
    markdownDescription: "Show the user in force behind `FROM` and at the end of a stage.",
  },
  "plimsoll.inlayHints.arguments": {
    type: "boolean",
    default: false,
    scope: "resource",
    markdownDescription: "Show what a `FROM` with variables in it comes to.",
  },
  "plimsoll.askWhenIgnoring": {
    type: "boolean",
    default: true,
    scope: "window",
    markdownDescription: "Ask for a reason and an end date when a finding is ignored.",
  },
};
