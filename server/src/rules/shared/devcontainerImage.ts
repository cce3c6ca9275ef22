import type { Stage } from "../../documents/dockerfile/model";
import { imageFacts } from "../../knowledge/images";

/** Whether a stage is built on an image for development containers, where the tool starts what is needed. */
export function isForDevelopment({ base }: Stage): boolean {
  if (base?.text.includes("/devcontainers/")) return true;
  return base?.target.kind === "image" && imageFacts(base.target.reference)?.devcontainer === true;
}
