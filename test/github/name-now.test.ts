import { expect, test } from "vitest";
import { nameNow } from "../../src/github/name-now.ts";
import { github, useNock } from "../support/nock.ts";
import { client, HERE } from "./support.ts";

useNock();

const HOME = { owner: "MISP", name: "misp-rfc" };
const ask = async () => nameNow(await client().of(HOME), HOME);

test("a repository that was renamed or moved says so from where it is", async () => {
  github().get(HERE).reply(301, undefined, { location: "https://api.github.com/repositories/4711" });
  github()
    .get("/repositories/4711")
    .reply(200, { name: "standards", owner: { login: "CIRCL" }, private: false, default_branch: "main" });
  expect(await ask()).toEqual({ owner: "CIRCL", name: "standards" });
});

test("one that the App cannot see has no name; GitHub failing is no answer", async () => {
  github().get(HERE).reply(404, { message: "Not Found" });
  expect(await ask()).toBeNull();
  github().get(HERE).reply(502, "Bad Gateway");
  await expect(ask()).rejects.toThrow("502");
});
