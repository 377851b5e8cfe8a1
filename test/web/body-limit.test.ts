import { createServer, request as httpRequest, type Server } from "node:http";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withBodyLimit } from "../../src/web/body-limit.ts";

const EACH = 100_000;
const TOGETHER = 150_000;

let server: Server;
let port: number;
/** The sizes of the bodies that came through, and what lets their handling end. */
let handled: { readonly size: number | null; readonly end: () => void }[];
let isSlow: boolean;

beforeEach(async () => {
  handled = [];
  isSlow = false;
  const inner: ReturnType<typeof withBodyLimit> = async (request, response) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    handled.push({ size: Object(request).rawBody?.length ?? null, end: resolve });
    if (isSlow) await promise;
    response.writeHead(200).end();
    return true;
  };
  server = createServer(withBodyLimit(inner, { each: EACH, together: TOGETHER }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Somebody who posts piece by piece. */
function poster() {
  const { promise: answer, resolve } = Promise.withResolvers<{ status: number; retryAfter: string | null }>();
  const options = { port, method: "POST", headers: { "transfer-encoding": "chunked" } };
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
        posting.write(Buffer.alloc(bytes, 32), () => sent());
      }),
    end: () => {
      posting.end();
      return answer;
    },
    cut: () => posting.destroy(new Error("gone")),
  };
}

const post = async (bytes: number) => {
  const one = poster();
  await one.send(bytes);
  return one.end();
};
const OK = { status: 200, retryAfter: null };
const TURNED_AWAY = { status: 503, retryAfter: "30" };

test("bodies that fit together are all taken", async () => {
  const [one, other] = [poster(), poster()];
  await Promise.all([one.send(70_000), other.send(70_000)]);
  expect(await Promise.all([one.end(), other.end()])).toEqual([OK, OK]);
  expect(handled.map(({ size }) => size)).toEqual([70_000, 70_000]);
});

test("where they are too much together, the largest is asked to come again, and the small ones pass", async () => {
  const [small, large, last] = [poster(), poster(), poster()];
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
  const second = poster();
  await second.send(61_000);
  expect(await second.answer).toEqual(TURNED_AWAY);
  handled[0]?.end();
  expect(await first).toEqual(OK);
  isSlow = false;
  expect(await post(90_000)).toEqual(OK);
});

test("a body that breaks off makes room", async () => {
  for (let attempt = 0; attempt < 5; attempt++) {
    const one = poster();
    await one.send(90_000);
    one.cut();
    await one.answer;
  }
  await vi.waitFor(async () => expect(await post(90_000)).toEqual(OK));
});

test("one that is too large alone is refused, and makes room", async () => {
  for (let attempt = 0; attempt < 3; attempt++) {
    const one = poster();
    await one.send(EACH + 1);
    expect((await one.answer).status).toBe(413);
  }
  expect(await post(EACH)).toEqual(OK);
});

test("what is not posted is none of its business", async () => {
  expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  expect(handled.map(({ size }) => size)).toEqual([null]);
});
