/** Tells the parent process that Node runs: no server can answer sooner. */
process.send?.("running");
