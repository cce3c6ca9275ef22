import { cis16, cis17 } from "./cis";
import type { Framework } from "./framework";
import { owaspCheatSheet, owaspTop10 } from "./owasp";
import { iso27001, nist, pciDss } from "./standards";

/** All frameworks that a report can be made for. */
export const frameworks: readonly Framework[] = [
  cis16,
  cis17,
  nist,
  owaspTop10,
  owaspCheatSheet,
  pciDss,
  iso27001,
];
