import { expect, test } from "vitest";
import { createCharterReader } from "../../src/github/charter.ts";
import { github, useNock } from "../support/nock.ts";
import { COMMIT, client, HERE, RAW_HEADERS, REF, tipAnswer } from "./support.ts";

useNock();

const SHARED = "/repos/MISP/.github";
const FILE = "contents/.github/committee.yml";
const CHARTER = "committee: MISP Standard Committee\nmembers:\n  - alice\n";

const tip = (place: string) => github().get(`${place}/commits`).query({ per_page: 1 });
const file = (place: string) => github().get(`${place}/${FILE}`).query({ ref: COMMIT });
const inForce = () => createCharterReader(client()).inForce(REF);

test("the repository's own charter, pinned to its commit", async () => {
  tip(HERE).reply(200, tipAnswer);
  file(HERE).reply(200, CHARTER, RAW_HEADERS);
  expect(await inForce()).toMatchObject({
    status: "valid",
    charter: { committee: "MISP Standard Committee", members: [{ kind: "user", login: "alice" }] },
    pin: { owner: "MISP", name: "misp-rfc", path: ".github/committee.yml", commit: COMMIT },
  });
});

test("the same commit is read once", async () => {
  const charters = createCharterReader(client());
  tip(HERE).twice().reply(200, tipAnswer);
  file(HERE).once().reply(200, CHARTER, RAW_HEADERS);
  expect(await charters.inForce(REF)).toBe(await charters.inForce(REF));
});

test("two that ask at once share one reading", async () => {
  const charters = createCharterReader(client());
  file(HERE).once().reply(200, CHARTER, RAW_HEADERS);
  const [one, other] = await Promise.all([charters.at(REF, COMMIT), charters.at(REF, COMMIT)]);
  expect(one).toBe(other);
});

test("a reading that failed is made again", async () => {
  const charters = createCharterReader(client());
  file(HERE).reply(502, "");
  await expect(charters.at(REF, COMMIT)).rejects.toMatchObject({ status: 502 });
  file(HERE).reply(200, CHARTER, RAW_HEADERS);
  expect((await charters.at(REF, COMMIT)).status).toBe("valid");
});

test("the organization's charter where the repository has none", async () => {
  tip(HERE).reply(200, tipAnswer);
  file(HERE).reply(404, { message: "Not Found" });
  tip(SHARED).reply(200, tipAnswer);
  file(SHARED).reply(200, CHARTER, RAW_HEADERS);
  expect(await inForce()).toMatchObject({ status: "valid", pin: { name: ".github" } });
});

test.each([
  ["neither repository has the file", () => tip(SHARED).reply(200, tipAnswer), true],
  ["there is no shared repository", () => tip(SHARED).reply(404, { message: "Not Found" }), false],
  [
    "the shared repository is empty",
    () => tip(SHARED).reply(409, { message: "Git Repository is empty." }),
    false,
  ],
])("absent: %s", async (_, answers, asksForFile) => {
  tip(HERE).reply(200, tipAnswer);
  file(HERE).reply(404, { message: "Not Found" });
  answers();
  if (asksForFile) file(SHARED).reply(404, { message: "Not Found" });
  expect(await inForce()).toEqual({ status: "absent" });
});

test("an absent charter is looked for again, and found", async () => {
  const charters = createCharterReader(client());
  tip(HERE).twice().reply(200, tipAnswer);
  tip(SHARED).reply(404, { message: "Not Found" });
  file(HERE).reply(404, { message: "Not Found" });
  expect((await charters.inForce(REF)).status).toBe("absent");
  file(HERE).reply(200, CHARTER, RAW_HEADERS);
  expect((await charters.inForce(REF)).status).toBe("valid");
});

test("a repository whose files the App cannot see is unreadable, not absent", async () => {
  tip(HERE).reply(404, { message: "Not Found" });
  expect(await inForce()).toMatchInlineSnapshot(`
    {
      "because": ".github/committee.yml in MISP/misp-rfc could not be read: the App cannot see the repository's files",
      "status": "unreadable",
    }
  `);
});

test("a missing permission is unreadable, and no fallback is taken", async () => {
  tip(HERE).reply(200, tipAnswer);
  file(HERE).reply(403, { message: "Resource not accessible by integration" });
  expect(await inForce()).toMatchObject({
    status: "unreadable",
    because: expect.stringContaining("not accessible"),
  });
});

test("an organization's charter that may not be read is unreadable, not absent", async () => {
  tip(HERE).reply(200, tipAnswer);
  file(HERE).reply(404, { message: "Not Found" });
  tip(SHARED).reply(403, { message: "Resource not accessible by integration" });
  expect((await inForce()).status).toBe("unreadable");
});

test.each([500, 502, 429])(
  "GitHub failing with %d is thrown: it says nothing about the charter",
  async (status) => {
    tip(HERE).reply(200, tipAnswer);
    file(HERE).reply(status, { message: "no" });
    await expect(inForce()).rejects.toMatchObject({ name: "GitHubFailure", status });
  },
);

test.each([
  ["not YAML", "committee: [", /./],
  ["larger than 64 KiB", "#".repeat(65_537), /larger than 64 KiB/],
  ["not UTF-8", Buffer.from([0xff, 0xfe, 0x41]), /not written in UTF-8/],
])("a file that is %s is invalid, with a problem to mend", async (_, content, says) => {
  tip(HERE).reply(200, tipAnswer);
  file(HERE).reply(200, content, RAW_HEADERS);
  const fact = await inForce();
  if (fact.status !== "invalid") throw new Error(fact.status);
  expect(fact.problems[0]?.message).toMatch(says);
});

test("a folder in the file's place is invalid", async () => {
  tip(HERE).reply(200, tipAnswer);
  file(HERE).reply(200, [], { "content-type": "application/json" });
  expect((await inForce()).status).toBe("invalid");
});

test("at a commit, only the repository's own file counts", async () => {
  file(HERE).reply(404, { message: "Not Found" });
  expect(await createCharterReader(client()).at(REF, COMMIT)).toEqual({ status: "absent" });
});
