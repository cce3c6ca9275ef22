import type { DockerfileDocument } from "../../documents/dockerfile/model";

/**
 * Whether a variable with this value switches a debug or development mode on: `DEBUG=1`, `APP_ENV=dev`,
 * `XDEBUG_MODE=debug` and the like, in any case.
 */
export function isDebugSetting(name: string, value: string): boolean {
  const upper = name.slice(0, 200).toUpperCase();
  const text = value.slice(0, 200).trim().toLowerCase();
  if (/(?:^|_)(?:NO|NOT|DISABLE|DISABLED|WITHOUT|SKIP)_/.test(upper)) return false;
  if (/ENV(?:IRONMENT)?$/.test(upper)) return /^dev(?:el(?:op(?:ment)?)?)?$/.test(text);
  if (/XDEBUG_MODE$/.test(upper)) return text !== "" && text !== "off";
  if (upper === "GIN_MODE") return text === "debug";
  if (upper === "WERKZEUG_DEBUG_PIN") return text === "off";
  if (upper === "PYTHONDEVMODE") return text === "1";
  return /DEBUG$/.test(upper) && /^(?:true|yes|on|1)$/.test(text);
}

/** The value that a variable has in the final image; undefined where the file does not say. */
export function finalValue(document: DockerfileDocument, name: string): string | undefined {
  const stage = document.finalStage;
  const value = stage?.stateAt(stage.instructions.length).environment.get(name);
  return value?.state === "known" ? value.value : undefined;
}
