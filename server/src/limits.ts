/** Every bound in one place. Beyond a bound something is said to be "not checked", never silently cut. */

/** A file larger than this many bytes is not read: real Dockerfiles end at 80 KB, Compose files at 60 KB. */
export const maxFileBytes = 2_000_000;

/** A text longer than this many UTF-16 units is not parsed. */
export const maxTextLength = 2_000_000;

/** Nesting of YAML collections; real files stay below 12. The parser aborts Node at some 1,000. */
export const maxYamlDepth = 100;

/** A longer YAML text, in UTF-16 units, is not read where it has a syntax error: the tolerant parser takes twenty times as long. */
export const maxBrokenYamlLength = 200_000;

/** Problems of one YAML text that are listed. */
export const maxYamlProblems = 100;

/** Nesting of objects and lists of one JSON text, and problems of it that are listed; real files nest four deep. */
export const maxJsonDepth = 100;
export const maxJsonProblems = 100;

/** Steps (nodes visited) for resolving anchors, merges and `extends` of one document. */
export const maxResolveSteps = 200_000;

/** Stages of one Dockerfile and services of one Compose file that are modelled. */
export const maxStages = 10_000;
export const maxServices = 100_000;

/** Length of a FROM or `extends` chain that is followed. */
export const maxChain = 1_000;

/** Nesting of `$(…)` and of variable defaults that is followed. */
export const maxExpansionDepth = 50;

/** Length of an expanded value; a longer one counts as unknown. */
export const maxExpandedLength = 65_536;

/** Characters written and pattern steps taken while expanding the variables of one document. */
export const maxExpansionWork = 10_000_000;

/** Findings that one file may have; the rest is counted as not checked. */
export const maxFindingsPerFile = 5_000;

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

/** Parsed shell scripts that are kept, and the UTF-16 units of their texts together: a unit costs some 27 bytes. */
export const maxShellCacheEntries = 4_096;
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
