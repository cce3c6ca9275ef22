import { createReadStream, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import path from "node:path";
import { createSecureContext } from "node:tls";

/**
 * Serves `www` below a folder over HTTP and HTTPS on the usual ports. Names that start with `selfsigned.` get a
 * certificate that nobody vouches for. Ends with this process.
 *
 * @param address of the loopback device
 * @param folder holds `www`, and the certificates `trusted` and `selfsigned` (`.crt` and `.key`)
 */
export async function serveFiles(address: string, folder: string): Promise<void> {
  const root = path.join(folder, "www");
  const answer: RequestListener = (request, response) => {
    const file = requestedFile(root, request);
    if (file === undefined) response.writeHead(404, { "content-type": "text/plain" }).end("not here\n");
    else {
      response.writeHead(200, {
        "content-type": file.endsWith(".html") ? "text/html" : "application/octet-stream",
        "content-length": statSync(file).size,
      });
      createReadStream(file).pipe(response);
    }
  };
  const pair = (name: string): { readonly cert: Buffer; readonly key: Buffer } => ({
    cert: readFileSync(path.join(folder, `${name}.crt`)),
    key: readFileSync(path.join(folder, `${name}.key`)),
  });
  const unknown = createSecureContext(pair("selfsigned"));
  const known = createSecureContext(pair("trusted"));
  const secure = createSecureServer(
    {
      ...pair("trusted"),
      SNICallback: (name, done) => done(null, name.startsWith("selfsigned.") ? unknown : known),
    },
    answer,
  );
  await listening(createServer(answer), address, 80);
  await listening(secure, address, 443);
}

function requestedFile(root: string, { url, method }: IncomingMessage): string | undefined {
  if (method !== "GET" && method !== "HEAD") return undefined;
  const wanted = decodeURIComponent((url ?? "/").split("?")[0] ?? "/");
  const file = path.join(root, path.normalize(`/${wanted}`));
  for (const candidate of [file, path.join(file, "index.html")])
    if (statSync(candidate, { throwIfNoEntry: false })?.isFile()) return candidate;
  return undefined;
}

function listening(server: Server, address: string, port: number): Promise<void> {
  server.unref();
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, address, resolve);
  });
}
