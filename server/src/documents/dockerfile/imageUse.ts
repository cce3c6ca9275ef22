import type { Span } from "../../text/span";
import { parseImageReference } from "../imageReference";
import type { BuildContext } from "./context";
import type { Expansion, ImageTarget, ImageUse } from "./model";
import { expand } from "./variables";

/**
 * Resolves a place that names an image or an earlier stage.
 *
 * `COPY --from` and `RUN --mount=from` also take a stage's index. BuildKit expands no variables there and
 * refuses them; other builders expand them, so that a value which is known here is used.
 *
 * @param text quotes kept; variables not expanded
 * @param place FROM never takes an index: `FROM 0` is an image of that name
 */
export function imageUse(text: string, span: Span, context: BuildContext, place: "FROM" | "from"): ImageUse {
  const expanded = expand(text, context.scope, context.escape);
  return { text, span, expanded, target: targetOf(expanded, context, place) };
}

function targetOf(expanded: Expansion, context: BuildContext, place: "FROM" | "from"): ImageTarget {
  if (expanded.state === "unknown") return { kind: "unknown" };
  const name = expanded.value;
  const named = context.findStage(name);
  if (named !== undefined) return { kind: "stage", index: named };
  if (place === "from" && /^[0-9]{1,6}$/.test(name)) {
    const index = Number(name);
    return index < context.stageIndex ? { kind: "stage", index } : { kind: "unknown" };
  }
  if (name === "scratch") return { kind: "scratch" };
  const reference = parseImageReference(name);
  return reference === undefined ? { kind: "unknown" } : { kind: "image", reference };
}
