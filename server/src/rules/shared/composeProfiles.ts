import type { Service } from "../../documents/compose/model";

/** Whether two services can be up at once: one without `profiles` always is, others where they share one. */
export function mayRunTogether(a: Service, b: Service): boolean {
  const ofA = a.profiles?.value.map((item) => item.raw) ?? [];
  const ofB = b.profiles?.value.map((item) => item.raw) ?? [];
  return ofA.length === 0 || ofB.length === 0 || ofA.some((name) => ofB.includes(name));
}
