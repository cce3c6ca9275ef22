import type { Rule } from "../engine/rule";
import { renderInventoryCsv } from "../inventory/csv";
import { renderCycloneDx } from "../inventory/cyclonedx";
import { takeInventory } from "../inventory/inventory";
import { plainText } from "../report/plain";
import { askAboutImages } from "./askImages";
import { askingOf } from "./online";
import type { InventoryArgs } from "./pipelineArgs";
import { deliver } from "./render";
import { resolveSearch } from "./search";
import { type ExitCode, exitCodes, type Terminal } from "./terminal";

/** `plimsoll inventory`: every image that files name. Findings do not matter here: it ends with 0 or, at fault, with 2. */
export async function inventory(
  args: InventoryArgs,
  rules: readonly Rule[],
  terminal: Terminal,
): Promise<ExitCode> {
  const { scope, adjust } = await resolveSearch(args, rules, terminal);
  const asking = await askingOf(args, terminal);
  const plain = await takeInventory({ ...scope, base: terminal.cwd, rules, clock: terminal.clock, adjust });
  const asked = asking && (await askAboutImages(plain.images, asking));
  const taken = asked === undefined ? plain : { ...plain, images: asked.images };
  const text = args.format === "csv" ? renderInventoryCsv(taken) : renderCycloneDx(taken, terminal.version);
  await deliver([text], args.output, terminal);
  const { notChecked, failures, complete } = taken;
  for (const { path, error } of failures) terminal.err(`plimsoll: ${plainText(`${path}: ${error}`)}\n`);
  for (const { path, reason } of notChecked)
    terminal.err(`plimsoll: ${plainText(`${path}: not looked at: ${reason}`)}\n`);
  const unread = args.strict && (notChecked.length > 0 || asked?.hasGaps === true);
  return failures.length > 0 || !complete || unread ? exitCodes.fault : exitCodes.clean;
}
