/** Settings about when something is checked, and where. */
export const timing: Readonly<Record<string, object>> = {
  "plimsoll.enable": {
    type: "boolean",
    default: true,
    scope: "resource",
    markdownDescription: "Check Dockerfiles, Compose files and Docker's `daemon.json`.",
  },
  "plimsoll.checkCommands": {
    type: "boolean",
    default: false,
    scope: "resource",
    markdownDescription:
      "Check `docker run`, `docker build` and the like where they are written as well: in shell scripts, Makefiles, GitHub and GitLab pipelines and `devcontainer.json`. Off by default, since these files belong to other tools and most of them start no container; the audit checks them in any case, and Markdown as well.",
  },
  "plimsoll.validateCompose": {
    type: "string",
    enum: ["auto", "on", "off"],
    markdownEnumDescriptions: [
      "Unless the YAML extension of Red Hat is installed, which checks them against a schema, too.",
      "In any case.",
      "Only where a profile or a rule's own setting says so.",
    ],
    default: "auto",
    scope: "resource",
    markdownDescription:
      "Check Compose files against the schema of Compose: keys that it does not know and values of the wrong kind, with which it refuses the file. These are the rules `compose-syntax` and `compose-schema`.",
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
      "Rules whose safe fixes *Fix All in File*, *Fix All Safe in Workspace* and fixing on save apply: ids, or patterns with `*`; `!` before one takes it away again.",
  },
  "plimsoll.network": {
    type: "boolean",
    default: false,
    scope: "machine",
    tags: ["usesOnlineServices"],
    markdownDescription:
      "Ask registries about the images that files name, when you choose an action that needs it, such as pinning an image to its digest. Only in trusted workspaces, only well-known registries, those that you have logged in to with Docker and those of `#plimsoll.networkRegistries#`. Off: nothing is ever sent.",
  },
  "plimsoll.networkRegistries": {
    type: "array",
    items: { type: "string", pattern: "^[A-Za-z0-9.:\\[\\]-]+$" },
    default: [],
    scope: "machine",
    tags: ["usesOnlineServices"],
    markdownDescription:
      "Registries that may be asked beside the well-known ones, as references name them: `registry.example.com:5000`. Also hosts that such a registry sends to for tokens or contents.",
  },
  "plimsoll.scanner": {
    type: "string",
    enum: ["auto", "trivy", "grype", "scout", "snyk"],
    markdownEnumDescriptions: [
      "The first of these that is installed.",
      "Trivy.",
      "Grype.",
      "Docker Scout.",
      "Snyk.",
    ],
    default: "auto",
    scope: "machine",
    markdownDescription:
      "Your scanner, for *Scan Images*: it is run over the images that a file names, and what it finds stands there. Only where `#plimsoll.network#` is on, since it fetches images.",
  },
  "plimsoll.scannerPath": {
    type: "string",
    default: "",
    scope: "machine",
    markdownDescription:
      "The absolute path of the scanner's program, where the system does not find it by its name. One in the workspace is never run.",
  },
  "plimsoll.scanOnSave": {
    type: "boolean",
    default: false,
    scope: "machine",
    tags: ["usesOnlineServices"],
    markdownDescription: "Scan the images of a file when it is saved.",
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
  "plimsoll.baseline": {
    type: "string",
    enum: ["hidden", "faded"],
    markdownEnumDescriptions: ["Not shown.", "Shown faded, as hints."],
    default: "hidden",
    scope: "resource",
    markdownDescription: "How findings that `plimsoll.baseline.json` has accepted are shown.",
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
  "plimsoll.inlayHints.pins": {
    type: "boolean",
    default: true,
    scope: "resource",
    markdownDescription:
      "Show how old a pinned image is, whether its tag has moved, and how many newer versions of its line there are. Only where `#plimsoll.network#` is on.",
  },
  "plimsoll.askWhenIgnoring": {
    type: "boolean",
    default: true,
    scope: "window",
    markdownDescription: "Ask for a reason and an end date when a finding is ignored.",
  },
};
