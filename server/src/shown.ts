/** How much is shown at once: what is left out is counted and said. */

/** Pages of rules in one hover. */
export const mostPagesInHover = 3;

/** Rules that a hover lists of those which a pattern stands for. */
export const mostRulesOfPattern = 12;

/** UTF-16 units of an address: some browsers and servers refuse longer ones, and what does not fit is left to be pasted. */
export const longestUrl = 7_000;

/** Silenced findings, and gaps in what was checked, that a page lists. */
export const mostSilenced = 500;
export const mostGaps = 500;

/** Stages, and services, in the posture matrix: the worst ones. */
export const mostRowsOfMatrix = 100;

/** Rules among the most frequent ones. */
export const mostTopRules = 10;

/** Findings that are listed for one item of a framework. */
export const mostEvidence = 20;

/** Files that the text report names for one reason. */
export const mostListedInText = 20;

/** Files that a page names. */
export const mostNamedInPage = 1_000;

/** UTF-16 units of one text in Markdown. */
export const longestMarkdownText = 300;

/** Folders of the treemap, and levels of them: of more folders the smallest are put together. */
export const mostFolders = 24;
export const deepestFolder = 4;

/** Lines of the preview of a fix, and UTF-16 units of a line. */
export const mostPreviewLines = 24;
export const longestPreviewLine = 160;

/** Lines of a finding's own in an excerpt, and UTF-16 units of a line: a minified one must not fill the report. */
export const mostExcerptLines = 8;
export const longestExcerptLine = 160;

/** Newer tags in a hint: the newest few. */
export const mostNewerTags = 5;
