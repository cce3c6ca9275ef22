import fc from "fast-check";

/**
 * Loaded before each test file of a whole run: properties are tried on the same values each time, so that a run says the
 * same of the same code. A test file run by itself tries others each time, and names the seed that has failed.
 */
fc.configureGlobal({ seed: Number(process.env.PLIMSOLL_SEED ?? 1) });
