/**
 * The load generator: posts deliveries over a number of connections that stay open, each with a delivery id of its own.
 * It has a process to itself, and works on sockets, so that it takes little of the processor that it measures.
 */
import { connect, type Socket } from "node:net";
import { z } from "zod";
import { answerQuestions } from "../processes.ts";

const question = z.object({
  url: z.string(),
  connections: z.int().positive(),
  /** The bodies with their signatures, sent in turn. */
  bodies: z.array(z.object({ body: z.string(), signature: z.string() })).min(1),
  /** What the delivery ids begin with: no two runs use the same. */
  run: z.string(),
  /** How many, or for how long in milliseconds, as fast as they are answered; or so many a second for so long. */
  plan: z.union([
    z.object({ count: z.int().positive() }),
    z.object({ perSecond: z.number(), lasts: z.number() }),
    z.object({ lasts: z.number() }),
  ]),
});
export type Load = z.infer<typeof question>;

type Sending = { readonly scheduled: number; readonly index: number };

type Line = { post(sending: Sending): void };

answerQuestions(async (asked) => run(question.parse(asked)));

async function run(load: Load) {
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  const began = performance.now();
  const next = scheduleOf(load, began);
  const lines = Array.from({ length: load.connections }, () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const line = openLine(load, reject, (status, sending) => {
      statuses[status] = (statuses[status] ?? 0) + 1;
      latencies.push(performance.now() - sending.scheduled);
      go();
    });
    function go(): void {
      const sending = next();
      const wait = sending === null ? 0 : sending.scheduled - performance.now();
      if (sending === null) resolve();
      else if (wait <= 0) line.post(sending);
      else setTimeout(() => line.post(sending), wait);
    }
    go();
    return promise;
  });
  await Promise.all(lines);
  return { seconds: (performance.now() - began) / 1000, statuses, latencies };
}

/** What is to be sent next, and since when; null: nothing more. */
function scheduleOf({ plan }: Load, began: number): () => Sending | null {
  let index = -1;
  return () => {
    index += 1;
    const now = performance.now();
    if ("count" in plan) return index < plan.count ? { scheduled: now, index } : null;
    if (!("perSecond" in plan)) return now - began < plan.lasts ? { scheduled: now, index } : null;
    // Whoever is late is late from when it should have been sent: a slow answer is not left out of the figure.
    const scheduled = began + (index * 1000) / plan.perSecond;
    return scheduled - began < plan.lasts ? { scheduled, index } : null;
  };
}

/** One connection, one request at a time. */
function openLine(
  load: Load,
  broken: (error: Error) => void,
  answered: (status: string, sending: Sending) => void,
): Line {
  const { hostname, port, pathname } = new URL(load.url);
  const socket: Socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let current: Sending | null = null;
  let received = "";
  socket.setEncoding("latin1");
  socket.on("error", broken);
  socket.on("close", () => broken(new Error("A connection was closed")));
  socket.on("data", (chunk: string) => {
    received += chunk;
    const status = wholeAnswer(received);
    if (status === null || current === null) return;
    const sending = current;
    current = null;
    received = "";
    answered(status, sending);
  });
  return {
    post(sending) {
      current = sending;
      const { body, signature } = load.bodies[sending.index % load.bodies.length] ?? {
        body: "",
        signature: "",
      };
      const head = [
        `POST ${pathname} HTTP/1.1`,
        `Host: ${hostname}:${port}`,
        "User-Agent: GitHub-Hookshot/bench",
        "Accept: */*",
        "Content-Type: application/json",
        `Content-Length: ${Buffer.byteLength(body)}`,
        `X-GitHub-Delivery: ${load.run}-${sending.index}`,
        "X-GitHub-Event: issue_comment",
        `X-Hub-Signature-256: ${signature}`,
      ];
      socket.write(`${head.join("\r\n")}\r\n\r\n${body}`);
    },
  };
}

/** The status of an answer that has come in whole; null: more of it is to come. */
function wholeAnswer(received: string): string | null {
  const end = received.indexOf("\r\n\r\n");
  if (end === -1) return null;
  const head = received.slice(0, end);
  const body = received.slice(end + 4);
  const [, length] = /^content-length: ([0-9]+)/im.exec(head) ?? [];
  const isWhole = length === undefined ? body.endsWith("0\r\n\r\n") : body.length >= Number(length);
  return isWhole ? head.slice(9, 12) : null;
}
