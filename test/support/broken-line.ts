/** A line to a server that can be cut at the worst moment: after the server has done a thing, before it could say so. */
import { connect, createServer, type Socket } from "node:net";

export type BrokenLine = {
  readonly port: number;
  /** The answer to the next message that contains this text is lost, and the connection with it. */
  loseAnswerTo(text: string): void;
  /** How many answers were lost. */
  lost(): number;
  close(): Promise<void>;
};

export async function startBrokenLine(target: { host: string; port: number }): Promise<BrokenLine> {
  const sockets = new Set<Socket>();
  let awaited: string | null = null;
  let lost = 0;

  const server = createServer((near) => {
    const far = connect(target.port, target.host);
    let cutting = false;
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.on("data", (message) => {
      if (awaited !== null && message.includes(awaited)) {
        awaited = null;
        cutting = true;
      }
      far.write(message);
    });
    far.on("data", (answer) => {
      if (cutting) {
        lost += 1;
        near.destroy();
      } else near.write(answer);
    });
  }).listen(0, "127.0.0.1");
  await new Promise((listening) => server.once("listening", listening));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    loseAnswerTo(text) {
      awaited = text;
    },
    lost: () => lost,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
