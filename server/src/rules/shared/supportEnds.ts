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
  const ends = endOfLifeDates(reference);
  if (!ends.some(({ date }) => date < today)) return undefined;
  return ends
    .filter(({ date }) => date < today)
    .map((end) => ({
      ...end,
      isExtended: end.extended !== undefined && end.extended >= today,
      over: end.extended ?? end.date,
    }))
    .sort((a, b) => Number(a.isExtended) - Number(b.isExtended) || (a.over < b.over ? -1 : 1))[0];
}

/** Whether it is known of an image when its support ends. */
export function hasKnownEnd(reference: ImageReference): boolean {
  return endOfLifeDates(reference).length > 0;
}

/** What rules about the end of support say, of a base image and of a service's image alike. */
export const supportEndMessages = {
  over: (product: string, cycle: string, date: string) =>
    `Support of ${product} ${cycle} ended on ${date}, so holes that are found now stay open`,
  moved: (product: string, cycle: string, date: string, successor: string) =>
    `Support of ${product} ${cycle} ended on ${date}, and ${successor} takes its place`,
  extended: (product: string, cycle: string, date: string, last: string) =>
    `General support of ${product} ${cycle} ended on ${date}; only extended support runs, until ${last}`,
};
