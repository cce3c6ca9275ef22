import { platformTokens } from "./platformTokens";
import { serviceTokens } from "./serviceTokens";
import type { TokenFormat } from "./tokenFormat";

/**
 * All known formats. Only tokens that open something are here: publishable keys and client ids are not. Of two
 * formats with the same start, the more exact one comes first.
 */
export const tokenFormats: readonly TokenFormat[] = [...platformTokens, ...serviceTokens];
