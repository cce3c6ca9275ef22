/** Loaded before a program: tells the parent, through its fourth stream, the most memory that the process ever had. */
import { writeSync } from "node:fs";

process.once("exit", () => writeSync(3, String(process.resourceUsage().maxRSS)));
