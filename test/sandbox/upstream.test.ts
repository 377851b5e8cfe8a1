import { afterEach, expect, test } from "vitest";
import { createClock } from "../../src/sandbox/clock.ts";
import { startUpstream, type Upstream } from "../../src/sandbox/upstream.ts";

let upstream: Upstream | null = null;
afterEach(() => upstream?.close());

test("the emulator closes no connection by itself, which could be just when the next request is sent on it", async () => {
  const seed = { tokens: { ada: { login: "ada" } }, github: { users: [{ login: "ada" }] } };
  const baseUrl = "http://127.0.0.1:1";
  const readers = ["ada"];
  upstream = await startUpstream({ clock: createClock(), baseUrl, seed, readers, onEvent: () => undefined });
  const { status, headers } = await upstream.request("GET", "/users/ada", { token: "ada" });
  expect(status).toBe(200);
  expect(headers.connection).toBe("keep-alive");
  expect(headers).not.toHaveProperty("keep-alive");
});
