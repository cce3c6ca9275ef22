/** Every bound in one place. Beyond a bound something is said to be "not checked", never silently cut. */

/** A file larger than this many bytes is not read: real Dockerfiles end at 80 KB, Compose files at 60 KB. */
export const maxFileBytes = 2_000_000;

/** A text longer than this many UTF-16 units is not parsed. */
export const maxTextLength = 2_000_000;

/** Nesting of YAML collections; real files stay below 12. The parser aborts Node at some 1,000. */
export const maxYamlDepth = 100;

/**
 * UTF-16 units of what is broken in a YAML text beyond which the text is not read: the tolerant parser takes twenty times
 * as long. That is the entries that hold a syntax error, where there are so many at most; they are looked for in maps so
 * deep and in texts so long. Where a text cannot be divided into entries, it is all of the text.
 */
export const maxBrokenYamlLength = 200_000;
export const maxBrokenEntries = 50;
export const maxEntryDepth = 6;
export const maxDividedYamlLength = 500_000;

/** Problems of one YAML text that are listed. */
export const maxYamlProblems = 100;

/** Nesting of objects and lists of one JSON text, and problems of it that are listed; real files nest four deep. */
export const maxJsonDepth = 100;
export const maxJsonProblems = 100;

/** Steps (nodes visited) for resolving anchors, merges and `extends` of one document. */
export const maxResolveSteps = 200_000;

/** Stages of one Dockerfile and services of one Compose file that are modelled; real files have some hundred at most. */
export const maxStages = 10_000;
export const maxServices = 3_000;

/** Other files that one document names and that are looked for, and the UTF-16 units of those that are read, together. */
export const maxNeighbours = 200;
export const maxNeighbourLength = 4_000_000;

/** An index of git larger than this many bytes is not read: that is some 100,000 files. */
export const maxGitIndexBytes = 16_000_000;

/** Folders above a Dockerfile that are searched for Compose files, and Compose files that are read of those found. */
export const maxFoldersAbove = 8;
export const maxComposeFilesNear = 40;

/** Compose files whose services are read together; the longest real project includes some hundred. */
export const maxProjectFiles = 128;

/** Parsed files of other documents that are kept, and the UTF-16 units of their texts together. */
export const maxShiftedTrees = 256;
export const maxShiftedLength = 4_000_000;

/** Length of a FROM or `extends` chain that is followed. */
export const maxChain = 1_000;

/** Nesting of `$(…)` and of variable defaults that is followed. */
export const maxExpansionDepth = 50;

/** Length of an expanded value; a longer one counts as unknown. */
export const maxExpandedLength = 65_536;

/** Length of a variable's value in an environment file; a longer one counts as unknown. */
export const maxEnvironmentValue = 2_000;

/** Characters written and pattern steps taken while expanding the variables of one document. */
export const maxExpansionWork = 10_000_000;

/** Variables of one word, value or here-document that are followed to what they stand for. */
export const maxReferences = 1_000;

/** Stages of one chain in which files with secrets are followed to the COPY that takes them over. */
export const maxSecretStages = 50;

/** Findings that one file may have; the rest is counted as not checked. */
export const maxFindingsPerFile = 5_000;

/**
 * Milliseconds of work that a rule may take on one text before it is not run on it again, and that all may take together
 * before the rest is not run. On the largest text that is read, all of them take some two seconds.
 */
export const maxRuleTime = 2_000;
export const maxFileTime = 10_000;

/** Files that one audit looks at, and folders deep. */
export const maxAuditFiles = 100_000;
export const maxFolderDepth = 64;
export const maxFolderEntries = 2_000_000;

/** Parts that a run may be shared out to, and bytes of one part's report: a string of Node's ends at some 536 million units. */
export const maxShards = 10_000;
export const maxReportBytes = 500_000_000;

/** Bytes of results that a cache keeps, the files that they may be spread over, and the programs that may have some. */
export const maxCacheBytes = 256_000_000;
export const maxCacheSegments = 16;
export const maxCacheBuilds = 4;

/** Entries of folders that one audit keeps in memory rather than list them twice: an entry takes some 100 bytes. */
export const maxRememberedEntries = 300_000;

/** Rows of one message to a receiver, attempts to send it, and milliseconds between two of them. */
export const maxRowsOfMessage = 500;
export const maxSendAttempts = 5;
export const maxSendWait = 30_000;

/** Entries and levels of folders that are looked at in one build context, and sensitive names that are kept. */
export const maxContextEntries = 5_000;
export const maxContextDepth = 4;
export const maxContextNames = 200;

/** A `.gitignore`, `.dockerignore` or `plimsoll.yaml` larger than this many bytes is not read. */
export const maxConfigBytes = 262_144;

/** Length of a chain of configurations that extend each other, and how many one configuration may extend in all. */
export const maxExtendsDepth = 10;
export const maxExtended = 50;

/** A baseline that is larger than this many bytes, or has more entries, is not used. */
export const maxBaselineBytes = 20_000_000;
export const maxBaselineEntries = 100_000;

/** UTF-16 units of one shell script; RUN bodies of real files stay below 20,000. */
export const maxShellLength = 500_000;

/** Simple commands of one shell script that are modelled. */
export const maxShellCommands = 20_000;

/** Nesting of `$(…)` in a shell script, and of scripts in strings such as `sh -c "…"`, that is followed. */
export const maxShellNesting = 30;
export const maxScriptDepth = 5;

/** UTF-16 units of substitutions and expansions read in one shell script: nested ones are read once a level. */
export const maxShellWork = 500_000;

/** Wrappers such as `sudo env nice` that are taken off one command. */
export const maxShellWrappers = 10;

/**
 * Parsed shell scripts that are kept, and the UTF-16 units of their texts together: a unit costs some 27 bytes in long
 * scripts and 90 in short ones, a script of the usual length 2,400. A Dockerfile has ten of them.
 */
export const maxShellCacheEntries = 1_024;
export const maxShellCacheLength = 500_000;

/** UTF-16 units of an ignore comment. A longer comment silences nothing, so that its findings stay visible. */
export const maxIgnoreCommentLength = 2_000;

/** Open documents, and findings in each, that other extensions show and that are not shown twice. */
export const maxOpenNeighbours = 1_000;
export const maxNeighbourFindings = 1_000;

/** Code lenses and inlay hints that one answer holds: nobody reads more of them. */
export const maxAnnotations = 1_000;

/** Stages or services of one file whose posture is told. */
export const maxPostures = 2_000;

/** Completions that are offered at once; typing on brings others. */
export const maxSuggestions = 500;

/** Findings, and notes of one kind beside them, in one answer to an agent: what is longer fills its memory. */
export const maxAgentFindings = 200;
export const maxAgentNotes = 100;

/** Lines above a cursor, and UTF-16 units of a line, that are looked at to tell where in a YAML text it stands. */
export const maxCursorLines = 20_000;
export const maxCursorLineLength = 2_000;

/** Bytes of the result of an earlier run that is compared with. */
export const maxResultBytes = 268_435_456;

/** Bytes of one manifest, and of one configuration or signature; registries refuse manifests above 4 MiB. */
export const maxManifestBytes = 4_194_304;
export const maxRegistryBlobBytes = 4_194_304;

/** Bytes of an answer to a question for a token, and UTF-16 units of a token or a header that is read. */
export const maxTokenBytes = 65_536;
export const maxHeaderLength = 16_384;

/** Milliseconds for one exchange with a registry, and for one call of a credential helper. */
export const registryTimeout = 10_000;
export const credentialHelperTimeout = 10_000;

/** Redirects that are followed for one question. */
export const maxRedirects = 3;

/** Questions to registries that are under way at once; those that wait. */
export const maxRegistryRequests = 6;
export const maxWaitingRequests = 2_000;

/** Milliseconds that an answer about a tag counts, and that a failure is not tried again. */
export const tagLifetime = 600_000;
export const failureLifetime = 120_000;

/** Answers of registries that are kept in memory. */
export const maxRegistryAnswers = 2_000;

/** Where this many requests or fewer are left, a registry is left alone; milliseconds that this lasts at most. */
export const leastRemainingRequests = 10;
export const maxRegistryPause = 3_600_000;

/** Contents by digest on the disk: files and bytes together. */
export const maxCachedContents = 2_000;
export const maxCachedBytes = 67_108_864;

/** Entries of an index, a manifest or a list of referrers that are looked at. */
export const maxManifestEntries = 200;

/** Vulnerabilities of one image that are told one by one. */
export const maxWorstVulnerabilities = 20;

/** Milliseconds that a scanner may take for one image, and bytes that it may write; a scanner that says its version. */
export const scanTimeout = 300_000;
export const maxScanBytes = 67_108_864;
export const scanStateTimeout = 60_000;
export const maxScanStateBytes = 65_536;

/** Milliseconds that a result counts: of an image by its digest, and of one that is known by its tag alone. */
export const scanLifetime = 86_400_000;
export const tagScanLifetime = 3_600_000;

/** Pages of a repository's list of tags that are read. */
export const maxTagPages = 20;

/** Signatures of one image that are looked at. */
export const maxSignatures = 20;

/** Images about which an audit asks registries only to tell of them. */
export const maxToldImages = 500;

/** Entries of a policy about who must have signed, and keys and identities of each. */
export const maxSigners = 50;

/** Platforms of one image whose signatures are looked at, where its index has none that counts. */
export const maxVerifiedPlatforms = 16;

/** Commands of a container engine in one script, pipeline or page that are modelled; real files stay below 200. */
export const maxEngineCommands = 5_000;

/** Options of one such command that are modelled; real commands stay below 60. */
export const maxEngineOptions = 500;

/** Texts of one language. */
export const maxLanguageTexts = 20_000;

/** Bytes of a file with the texts of a language. */
export const maxLanguageBytes = 4_194_304;

/** Answers of one question that are kept; beyond that all are forgotten, since hostile input may ask for ever new ones. */
export const maxRemembered = 2_000;

/** Texts that are kept in their translation: what is shown is asked for again with every keystroke. */
export const maxRememberedTexts = 2_000;

/** Changed lines beyond which the shortest script between two texts is not searched for. */
export const maxDiffDistance = 400;

/** Bytes of the first line of a cache's block. */
export const maxCacheHeaderBytes = 120;

/** Hosts, settings of rules, and texts of one list that are taken from an editor's settings. */
export const maxAllowedHosts = 100;
export const maxRuleSettings = 1_000;
export const maxSettingTexts = 1_000;

/** Edits that may come in while the surroundings of a document are gathered, before the last text is taken as it is. */
export const maxGatherings = 8;

/** Findings that actions are made for at once: who selects a whole file wants "fix all", not a thousand entries. */
export const maxFindingsWithActions = 25;

/** Files about which a log says once what was not checked, and, in a run over the workspace, those that it names. */
export const maxLoggedFiles = 1_000;
export const maxLoggedUnread = 100;

/** UTF-16 units of a finding's place that are searched for variables. */
export const maxPlaceLength = 2_000;

/** Rounds of fixes: they may make way for others, and a second round sees what the first has changed. Ten is what Ruff allows itself. */
export const maxFixRounds = 10;

/** UTF-16 units of the reason in an ignore comment that an action writes. */
export const maxReasonLength = 500;

/** UTF-16 units of a name that is compared with others: the work grows with the square of the length. */
export const maxNameCompared = 80;

/** Nodes of one value that are looked at for the posture; with more it counts as open. */
export const maxPostureNodes = 1_000;

/**
 * Results of one SARIF run: GitHub refuses a file with more
 * (https://docs.github.com/en/code-security/code-scanning/integrating-with-code-scanning/sarif-support-for-code-scanning).
 */
export const maxSarifResults = 25_000;

/**
 * UTF-16 units of a Markdown report, since a comment on GitHub may have 65,536 characters; of these, what failures, and what was
 * not checked, may take each.
 */
export const maxMarkdownLength = 65_536;
export const maxMarkdownListLength = 8_000;

/** Patterns of one `.gitignore` beyond this number do not count: each is tried on each folder of a walk. */
export const maxGitignorePatterns = 5_000;

/** UTF-16 units of a rule id that is being typed. */
export const maxIdLength = 100;

/** Exchanges in a row that fail before a registry is left alone for a while. */
export const maxRegistryFailures = 2;

/**
 * Edits after which a Dockerfile or a Compose file is read as a whole again, edits after which it is judged as a whole again, and UTF-16 units of
 * old texts that are held until then together: what is kept holds on to the text that it was read from. Stages beyond which
 * it is always read as a whole: their chains may be too long to follow back.
 */
export const maxGenerations = 50;
export const maxComposeGenerations = 250;
export const maxKeptEdits = 500;
export const maxKeptUnits = 20_000_000;
export const maxIncrementalStages = 1_000;

/** Names listed for one unknown value; more would only cost memory. */
export const maxUnknownNames = 20;

/** Parts of the path of a file that a document names: longer ones are none that a person wrote. */
export const maxPathParts = 64;

/** Masked texts of one file that are searched for in the rest of it. */
export const maxMaskedTexts = 500;
