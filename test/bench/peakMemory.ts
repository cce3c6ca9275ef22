/**
 * Loaded before a program: tells the parent, through its fourth stream, the most memory that the process ever had, in
 * kilobytes, and the milliseconds of processor time that it took.
 */
import { writeSync } from "node:fs";

process.once("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeSync(3, `${maxRSS} ${(userCPUTime + systemCPUTime) / 1000}`);
});
