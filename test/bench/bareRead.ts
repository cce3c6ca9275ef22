/**
 * Finds and reads Dockerfiles and Compose files and does nothing with them: what a disk and Node need for it.
 *
 *   node bareRead.js FOLDER
 */
import { closeSync, fstatSync, openSync, promises, readSync } from "node:fs";
import { join } from "node:path";

async function main(folder: string): Promise<void> {
  let level = [folder];
  let bytes = 0;
  const found: string[] = [];
  while (level.length > 0) {
    const next: string[] = [];
    for (let at = 0; at < level.length; at += 32) {
      const batch = level.slice(at, at + 32);
      const listings = await Promise.all(
        batch.map((path) => promises.readdir(path, { withFileTypes: true })),
      );
      for (const [index, entries] of listings.entries()) {
        for (const entry of entries) {
          const path = join(batch[index]!, entry.name);
          if (entry.isDirectory()) {
            if (entry.name !== "node_modules") next.push(path);
          } else if (/^Dockerfile|^compose\.yaml$/.test(entry.name)) found.push(path);
        }
      }
    }
    level = next;
  }
  for (const path of found) bytes += read(path).length;
  process.stdout.write(`${found.length} files, ${bytes} characters\n`);
}

function read(path: string): string {
  const descriptor = openSync(path, "r");
  try {
    const buffer = Buffer.allocUnsafe(fstatSync(descriptor).size);
    return buffer.toString("utf8", 0, readSync(descriptor, buffer, 0, buffer.length, 0));
  } finally {
    closeSync(descriptor);
  }
}

void main(process.argv[2]!);
