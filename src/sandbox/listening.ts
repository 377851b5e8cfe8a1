/** A small HTTP service of the sandbox, on a free port of 127.0.0.1. */
import http from "node:http";

export type Listening = { readonly url: string; close(): Promise<void> };

export function listenLocally(listener: http.RequestListener): Promise<Listening> {
  const server = http.createServer(listener);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string")
        return reject(new Error("The service has no port"));
      resolve({ url: `http://127.0.0.1:${address.port}`, close: () => closed(server) });
    });
  });
}

async function closed(server: http.Server): Promise<void> {
  const done = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await done;
}
