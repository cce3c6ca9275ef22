/** UTF-16 code units that are handed over at once. */
const batchLength = 262_144;

/** Hands over many small pieces as few large ones, one after the other. */
export async function writeInBatches(
  chunks: Iterable<string>,
  write: (text: string) => Promise<unknown>,
): Promise<void> {
  let batch = "";
  for (const chunk of chunks) {
    batch += chunk;
    if (batch.length < batchLength) continue;
    await write(batch);
    batch = "";
  }
  if (batch !== "") await write(batch);
}
