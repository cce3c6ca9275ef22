import type { ImageReference } from "../../documents/imageReference";
import { type EndOfLife, endOfLifeDates } from "../../knowledge/endOfLife";

/** An end of support that has passed, and whether somebody still gives extended support. */
export interface PassedEnd extends EndOfLife {
  readonly isExtended: boolean;
  /** `YYYY-MM-DD`: the last day of all support, extended included. */
  readonly over: string;
}

/**
 * The end of support of what an image holds that weighs most: one that is over for good before one in extended
 * support, and then the earlier.
 *
 * @param today `YYYY-MM-DD`
 */
export function passedEnd(reference: ImageReference, today: string): PassedEnd | undefined {
  return endOfLifeDates(reference)
    .filter(({ date }) => date < today)
    .map((end) => ({
      ...end,
      isExtended: end.extended !== undefined && end.extended >= today,
      over: end.extended ?? end.date,
    }))
    .sort((a, b) => Number(a.isExtended) - Number(b.isExtended) || (a.over < b.over ? -1 : 1))[0];
}
