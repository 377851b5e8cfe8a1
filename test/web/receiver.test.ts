import { createHmac } from "node:crypto";
import { createServer, request as httpRequest, type Server } from "node:http";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createReceiver } from "../../src/web/receiver.ts";
import { createSite } from "../../src/web/site.ts";
import { recordingLog } from "../support/log.ts";

const EACH = 100_000;
const TOGETHER = 150_000;
const SECRET = "0123456789abcdef0123456789abcdef";

let server: Server;
let port: number;
/** What lets the handling of the bodies that came through end. */
let handled: (() => void)[];
let isSlow: boolean;

beforeEach(async () => {
  handled = [];
  isSlow = false;
  const store = async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    handled.push(resolve);
    if (isSlow) await promise;
    return "stored" as const;
  };
  const log = recordingLog();
  const answer = createReceiver({
    secrets: [SECRET],
    store,
    log,
    limits: { each: EACH, together: TOGETHER },
  });
  server = createServer(createSite(new Map([["/", { method: "POST", answer }]]), log));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** JSON of so many bytes is a number of as many digits. */
const numberOf = (bytes: number) => Buffer.alloc(bytes, "1");

/** Somebody who posts piece by piece, so many bytes in the end. */
function poster(whole: number) {
  const { promise: answer, resolve } = Promise.withResolvers<{ status: number; retryAfter: string | null }>();
  const headers = {
    "transfer-encoding": "chunked",
    "content-type": "application/json",
    "x-github-event": "star",
    "x-github-delivery": "1",
    "x-hub-signature-256": `sha256=${createHmac("sha256", SECRET).update(numberOf(whole)).digest("hex")}`,
  };
  const options = { port, method: "POST", headers };
  const posting = httpRequest(options, (response) => {
    response.resume();
    resolve({
      status: response.statusCode ?? 0,
      retryAfter: response.headers["retry-after"] ?? null,
    });
  });
  // A connection may break off after its answer.
  posting.on("error", () => resolve({ status: 0, retryAfter: null }));
  return {
    answer,
    send: (bytes: number) =>
      new Promise<void>((sent) => {
        posting.write(numberOf(bytes), () => sent());
      }),
    end: () => {
      posting.end();
      return answer;
    },
    cut: () => posting.destroy(new Error("gone")),
  };
}

const post = async (bytes: number) => {
  const one = poster(bytes);
  await one.send(bytes);
  return one.end();
};
const OK = { status: 200, retryAfter: null };
const TURNED_AWAY = { status: 503, retryAfter: "30" };

test("bodies that fit together are all taken", async () => {
  const [one, other] = [poster(70_000), poster(70_000)];
  await Promise.all([one.send(70_000), other.send(70_000)]);
  expect(await Promise.all([one.end(), other.end()])).toEqual([OK, OK]);
  expect(handled).toHaveLength(2);
});

test("where they are too much together, the largest is asked to come again, and the small ones pass", async () => {
  const [small, large, last] = [poster(40_000), poster(90_000), poster(30_000)];
  await small.send(40_000);
  await large.send(90_000);
  await last.send(30_000);
  expect(await large.answer).toEqual(TURNED_AWAY);
  expect(await Promise.all([small.end(), last.end()])).toEqual([OK, OK]);
  expect(await post(EACH)).toEqual(OK);
});

test("a body counts until it is answered", async () => {
  isSlow = true;
  const first = post(90_000);
  await vi.waitFor(() => expect(handled).toHaveLength(1));
  const second = poster(61_000);
  await second.send(61_000);
  expect(await second.answer).toEqual(TURNED_AWAY);
  handled[0]?.();
  expect(await first).toEqual(OK);
  isSlow = false;
  expect(await post(90_000)).toEqual(OK);
});

test("a body that breaks off makes room", async () => {
  for (let attempt = 0; attempt < 5; attempt++) {
    const one = poster(90_000);
    await one.send(90_000);
    one.cut();
    await one.answer;
  }
  await vi.waitFor(async () => expect(await post(90_000)).toEqual(OK));
});

test("one that is too large alone is refused, and makes room", async () => {
  for (let attempt = 0; attempt < 3; attempt++) {
    const one = poster(EACH + 1);
    await one.send(EACH + 1);
    expect((await one.answer).status).toBe(413);
  }
  expect(await post(EACH)).toEqual(OK);
});
