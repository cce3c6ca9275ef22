import { maxSecretLength } from "../../../ruleLimits";
import type { Span } from "../../../text/span";

/**
 * The password in a connection string of ADO.NET, ODBC or JDBC: fields with semicolons between them, of which one names a
 * server or a user and another one is the password. URLs are not meant.
 *
 * @param text at most {@link maxSecretLength} units are looked at
 * @returns offsets into the text
 */
export function connectionPassword(text: string): Span | undefined {
  const looked = text.slice(0, maxSecretLength);
  if (
    !/(?:^|;)[ \t"']{0,9}(?:server|data source|host|address|user id|uid|user|username)[ \t]{0,9}=/i.test(
      looked,
    )
  )
    return undefined;
  const found = /(?:^|;)[ \t]{0,9}(?:password|pwd)[ \t]{0,9}=[ \t]{0,9}(?<value>[^;"'\n]{1,300})/di.exec(
    looked,
  );
  const place = found?.indices?.groups?.value;
  return place && { start: place[0], end: place[1] };
}
