/** Bounds of single rules and of what several of them share; the ones of everything else are in `limits.ts`. */

/** Stages of one chain in which a command that drops privileges is looked for. */
export const maxPrivilegeStages = 100;

/** Places that one finding names beside its own. */
export const maxRelatedPlaces = 10;

/** Matches in one instruction that are looked at. */
export const maxMentions = 200;

/** Secret files of one document that are followed (real Dockerfiles have fewer than ten), and deletions of each. */
export const maxSecretFiles = 1_000;
export const maxDeletions = 500;

/** UTF-16 units of a misspelt exec form that is repaired. */
export const maxExecRepairLength = 2000;

/** Words of one command that are searched for credentials. */
export const maxCredentialWords = 500;

/** UTF-16 units of an archive's ending. */
export const maxArchiveEnding = 20;

/** Names that share a deletion and are kept; real files have one or two. */
export const maxNamesAlike = 20;

/** Variables of an environment file that are looked at. */
export const maxEnvironmentVariables = 5_000;

/** Commands of one RUN in which an undoing one is looked for. */
export const maxUndoingCommands = 500;

/** Steps taken in one document to tell images from defaults: image names are short, and what takes more is left alone. */
export const maxFromWork = 500_000;

/** UTF-16 units of user, password and host of a URL. */
export const maxAuthorityLength = 1_000;

/** UTF-16 units of a value that is judged to be a secret or none. */
export const maxSecretLength = 4096;

/** UTF-16 units of a PEM block. */
export const maxKeyBlockLength = 20_000;

/** Commands of a pipeline, and of a group in it, that are followed. */
export const maxPipeline = 20;

/** Paths whose answer of an ignore file is remembered: files copy fewer, and more would only cost memory. */
export const maxRememberedPaths = 1_000;

/** Services of a file that are searched for one that uses another (real files have some hundred at most), and those that are told. */
export const maxSiblings = 200;
export const maxSiblingsTold = 3;

/** UTF-16 units of the path of a package manager's cache. */
export const maxCachePathLength = 300;

/** Places of one YAML document that do not fit the schema and are listed. */
export const maxMisfits = 100;

/** Parts of a path in the build context that are looked at; real ones have fewer than twenty. */
export const maxContextPathParts = 200;

/** Lines of an ignore file, and parts of a pattern, that are looked at. */
export const maxIgnorePatterns = 500;
export const maxIgnorePatternParts = 30;

/** Commands after a download in which its check is looked for. */
export const maxLaterCommands = 100;

/** Lines of a comment above an instruction that are looked at. */
export const maxCommentLines = 100;

/** Arguments of one document that get a fix which has to read the whole file; no real file has more such arguments. */
export const maxSecretMountFixes = 50;

/** Options of one volume that are looked at; the kernel takes no more than a page of text. */
export const maxVolumeOptions = 200;

/**
 * Published ports, those in ranges counted one by one, after which no more are compared; and entries that are remembered for
 * each: the first ones, with which any later one clashes.
 */
export const maxPortsCompared = 20_000;
export const maxEntriesOfPort = 8;

/** Services that are remembered for each container name: the first ones, with which any later one clashes. */
export const maxServicesOfName = 8;

/** Lines of a Compose config's text that are looked at. */
export const maxConfigLines = 2_000;

/** Folders of one image that a new user is given; no real one has more. */
export const maxWrittenPlaces = 10;

/** UTF-16 units of a label's key that is written in another way. */
export const maxLabelKey = 200;

/** UTF-16 units before a secret in a command that are looked at for quotes and brackets. */
export const maxRequireContext = 1_000;

/** COPYs that get an owner one by one; where there are more, the folder is given as a whole. */
export const maxOwnedCopies = 50;

/** Commands of a RUN, stages and labels of a document beyond which no fix is worked out that looks at all of them. */
export const maxRewrittenCommands = 200;
export const maxRewrittenStages = 100;
export const maxRewrittenLabels = 200;

/** Fixes of one document that read all of it. */
export const maxFileFixes = 50;
