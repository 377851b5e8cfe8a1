/** What stands before the replicas: each delivery goes to the next of them, and is lost where that one is down. */
import http from "node:http";
import { buffer } from "node:stream/consumers";
import type { Fleet } from "./fleet.ts";

export type Forwarder = {
  readonly url: string;
  /** The ids of the deliveries that a replica has taken, and of those that none has. */
  readonly taken: ReadonlySet<string>;
  readonly lost: ReadonlySet<string>;
  close(): Promise<void>;
};

export async function startForwarder(fleet: Pick<Fleet, "size" | "webhookUrl">): Promise<Forwarder> {
  const taken = new Set<string>();
  const lost = new Set<string>();
  let turn = 0;

  async function forward(request: http.IncomingMessage): Promise<number> {
    const body = await buffer(request);
    const url = fleet.webhookUrl(turn++ % fleet.size);
    const { host: _, connection: __, "content-length": ___, ...headers } = request.headers;
    const given = { method: "POST", body, headers: headers as Record<string, string> };
    const status = url === null ? 502 : await fetch(url, given).then(statusOf, () => 502);
    (status < 300 ? taken : lost).add(String(request.headers["x-github-delivery"]));
    return status;
  }

  const server = http.createServer(async (request, response) => {
    response.writeHead(await forward(request)).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/`,
    taken,
    lost,
    async close() {
      const closed = new Promise((done) => server.close(done));
      server.closeAllConnections();
      await closed;
    },
  };
}

async function statusOf(answer: Response): Promise<number> {
  await answer.arrayBuffer();
  return answer.status;
}
