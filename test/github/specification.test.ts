import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSpecification } from "../../src/github/specification.ts";
import { parseSpecificationLink } from "../../src/github/specification-link.ts";
import { github, useNock } from "../support/nock.ts";
import { COMMIT, client, HERE, JSON_HEADERS, RAW_HEADERS, REF, tipAnswer } from "./support.ts";

useNock();

const WEB = "https://github.com";
const OWN = `${WEB}/MISP/misp-rfc/blob/main/draft/raw.md`;
const OTHER = `${WEB}/someone/notes/blob/main/spec.md`;
const THERE = "/repos/someone/notes";

const tip = (place: string, sha = "main") => github().get(`${place}/commits`).query({ sha, per_page: 1 });
const file = (place: string, path: string) =>
  github().get(`${place}/contents/${path}`).query({ ref: COMMIT });
const about = (place: string, isPrivate: boolean) =>
  github()
    .get(place)
    .reply(200, { name: "notes", owner: { login: "someone" }, private: isPrivate, default_branch: "main" });
const read = (link: string) => readSpecification(client(), REF, link, WEB);

describe("links", () => {
  test.each([
    [OWN, "MISP/misp-rfc main draft/raw.md"],
    [`${WEB}/MISP/misp-rfc/raw/v1.0/a.md`, "MISP/misp-rfc v1.0 a.md"],
    [`${WEB}/MISP/misp-rfc/blob/refs/heads/main/a.md`, "MISP/misp-rfc main a.md"],
    [`${OWN}?plain=1#L10`, "MISP/misp-rfc main draft/raw.md"],
    [`${WEB}/MISP/misp-rfc/blob/main/a%20b/%C3%BC.md`, "MISP/misp-rfc main a b/ü.md"],
    [`${WEB}/MISP/misp-rfc/blob/${COMMIT}/a.md`, `MISP/misp-rfc ${COMMIT} a.md`],
  ])("%s", (link, expected) => {
    const found = parseSpecificationLink(link, WEB);
    expect(found && `${found.owner}/${found.name} ${found.ref} ${found.path}`).toBe(expected);
  });

  test.each([
    "not a link",
    "",
    "http://github.com/MISP/misp-rfc/blob/main/a.md",
    "https://github.com.evil.example/MISP/misp-rfc/blob/main/a.md",
    "https://github.com@evil.example/MISP/misp-rfc/blob/main/a.md",
    "https://user:word@github.com/MISP/misp-rfc/blob/main/a.md",
    "https://gist.github.com/MISP/misp-rfc/blob/main/a.md",
    "javascript:alert(1)//github.com/MISP/misp-rfc/blob/main/a.md",
    `${WEB}/MISP/misp-rfc`,
    `${WEB}/MISP/misp-rfc/blob/main`,
    `${WEB}/MISP/misp-rfc/blob/main/`,
    `${WEB}/MISP/misp-rfc/tree/main/draft`,
    `${WEB}/MISP/misp-rfc/issues/12`,
    `${WEB}/MISP/misp-rfc/blob/main/../../../secret/x/blob/main/a.md`,
    `${WEB}/MISP/misp-rfc/blob/main/%2e%2E/a.md`,
    `${WEB}/MISP/misp-rfc/blob/main/.%2e/a.md`,
    `${WEB}/MISP/misp-rfc/blob/main/./a.md`,
    `${WEB}/MISP/misp-rfc/blob/main/..%2f..%2fa.md`,
    `${WEB}/MISP/misp-rfc/blob/main/a%2Fb.md`,
    `${WEB}/MISP/misp-rfc/blob/main/a%5Cb.md`,
    `${WEB}/MISP/misp-rfc/blob/main\\a.md`,
    `${WEB}/MISP/misp-rfc/blob/main/a%00.md`,
    `${WEB}/MISP/misp-rfc/blob/main/a%0Ab.md`,
    `${WEB}/MISP/misp-rfc/blob/main/%ff.md`,
    `${WEB}/MISP/misp-rfc/blob/main//a.md`,
    `${WEB}/MI%20SP/misp-rfc/blob/main/a.md`,
    `${WEB}/MISP/misp-rfc/blob/main/${"a".repeat(2_000)}`,
  ])("refused: %s", (link) => {
    expect(parseSpecificationLink(link, WEB)).toBeNull();
  });

  test("a server of one's own, with its port and folder", () => {
    const link = "http://localhost:4010/git/MISP/misp-rfc/blob/main/a.md";
    expect(parseSpecificationLink(link, "http://localhost:4010/git/")).toMatchObject({
      owner: "MISP",
      path: "a.md",
    });
    expect(parseSpecificationLink(link, "http://localhost:4011/git/")).toBeNull();
  });

  test("whatever the link, no path leads out of the repository", () => {
    const piece = fc.constantFrom(
      "..",
      ".",
      "%2e",
      "%2E%2e",
      "/",
      "\\",
      "%2f",
      "%5c",
      "a",
      "blob",
      "main",
      "?",
      "#",
      "%",
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const found = parseSpecificationLink(`${WEB}/MISP/misp-rfc/blob/main/${pieces.join("")}`, WEB);
        if (found === null) return;
        const parts = found.path.split("/");
        expect(found).toMatchObject({ owner: "MISP", name: "misp-rfc" });
        expect(
          parts.some((part) => part === "" || part === "." || part === ".." || part.includes("\\")),
        ).toBe(false);
      }),
    );
  });
});

test("the proposal's own repository needs no leave, and the text is kept byte for byte", async () => {
  tip(HERE).reply(200, tipAnswer);
  file(HERE, "draft/raw.md").reply(200, "\ufeffText\r\n", RAW_HEADERS);
  expect(await read(OWN)).toEqual({
    status: "read",
    link: OWN,
    text: "\ufeffText\r\n",
    file: { owner: "MISP", name: "misp-rfc", path: "draft/raw.md", commit: COMMIT },
  });
});

test("a link to a commit needs no second look", async () => {
  file(HERE, "a.md").reply(200, "Text", RAW_HEADERS);
  expect((await read(`${WEB}/MISP/misp-rfc/blob/${COMMIT}/a.md`)).status).toBe("read");
});

test("any public repository may hold the text", async () => {
  about(THERE, false);
  tip(THERE).reply(200, tipAnswer);
  file(THERE, "spec.md").reply(200, "Text", RAW_HEADERS);
  expect((await read(OTHER)).status).toBe("read");
});

test.each([
  ["a private repository", () => about(THERE, true)],
  ["a repository that is not there", () => github().get(THERE).reply(404, { message: "Not Found" })],
  ["a blocked repository", () => github().get(THERE).reply(451, { message: "Repository access blocked" })],
])("%s is refused in the same words, so that nothing leaks", async (_, answers) => {
  answers();
  expect(await read(OTHER)).toMatchObject({
    because: "The repository someone/notes is not public, or there is none of that name.",
  });
});

test.each([
  ["a link elsewhere", "https://evil.example/a.md", () => {}],
  ["a missing branch", OWN, () => tip(HERE).reply(404, { message: "Not Found" })],
  ["a missing file", OWN, () => withFile((wanted) => wanted.reply(404, { message: "Not Found" }))],
  ["a folder", OWN, () => withFile((wanted) => wanted.reply(200, [], JSON_HEADERS))],
  ["not a text", OWN, () => withFile((wanted) => wanted.reply(200, Buffer.from([0xc3, 0x28]), RAW_HEADERS))],
  ["a NUL", OWN, () => withFile((wanted) => wanted.reply(200, "a\0b", RAW_HEADERS))],
  [
    "more than 5 MiB",
    OWN,
    () => withFile((wanted) => wanted.reply(200, "x".repeat(5 * 2 ** 20 + 1), RAW_HEADERS)),
  ],
  [
    "more than GitHub shows",
    OWN,
    () =>
      withFile((wanted) => wanted.reply(403, { message: "This API returns blobs up to 100 MB in size." })),
  ],
])("%s is refused with a sentence", async (_, link, answers) => {
  answers();
  const fact = await read(link);
  if (fact.status !== "refused") throw new Error(fact.status);
  expect(fact.because).toMatch(/^The(re)? .+\.$/);
});

test.each([500, 429, 401])("GitHub failing with %d is thrown, not refused", async (status) => {
  withFile((wanted) => wanted.reply(status, { message: "no" }));
  await expect(read(OWN)).rejects.toMatchObject({ name: "GitHubFailure", status });
});

function withFile(answer: (wanted: ReturnType<typeof file>) => unknown): void {
  tip(HERE).reply(200, tipAnswer);
  answer(file(HERE, "draft/raw.md"));
}
