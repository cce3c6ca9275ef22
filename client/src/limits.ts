/** Bounds of the client. */

/** Reasons in one message: more are not read. */
export const mostNotes = 3;

/** Files whose changes are shown at the same time: an editor loads each of them. */
export const mostPreviewedFiles = 100;

/** Findings in one answer to a model: what is longer fills its memory. */
export const mostToolFindings = 200;

/** Crashes of the server in a row after which it is started again. */
export const mostRestarts = 4;

/** Files in one message: more would hide what it says. */
export const mostFilesNamed = 3;
