import { expect, test, vi } from "vitest";
import { createOwnLogin } from "../src/own-login.ts";
import { recordingLog } from "./support/log.ts";

test("what is known is not asked for", () => {
  const ask = vi.fn<() => Promise<string>>();
  expect(createOwnLogin("secretariat", ask, recordingLog())()).toBe("secretariat[bot]");
  expect(ask).not.toHaveBeenCalled();
});

test("what is not known is asked for at once, one question at a time, until GitHub has said so", async () => {
  const answers = [Promise.withResolvers<string>(), Promise.withResolvers<string>()];
  const ask = vi.fn(() => answers[ask.mock.calls.length - 1]?.promise ?? Promise.reject(new Error("asked")));
  const log = recordingLog();
  const ownLogin = createOwnLogin(null, ask, log);
  expect(ask).toHaveBeenCalledTimes(1);
  expect([ownLogin(), ownLogin()]).toEqual([null, null]);
  expect(ask).toHaveBeenCalledTimes(1);

  answers[0]?.reject(new Error("GitHub answered 502"));
  const refused = "warn: GitHub did not say what the App is called; it is asked again at the next event";
  await vi.waitFor(() => expect(log.lines).toEqual([refused]));
  expect(ownLogin()).toBeNull();
  expect(ask).toHaveBeenCalledTimes(2);
  answers[1]?.resolve("secretariat");
  await vi.waitFor(() => expect(ownLogin()).toBe("secretariat[bot]"));
  ownLogin();
  expect(ask).toHaveBeenCalledTimes(2);
});
