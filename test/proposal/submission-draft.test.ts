import { expect, test } from "vitest";
import type { DraftFact, Facts } from "../../src/proposal/facts.ts";
import { instant } from "../../src/proposal/instant.ts";
import { draftNameIn, draftToSend } from "../../src/proposal/submission-draft.ts";

const repository = { owner: "MISP", name: "misp-rfc" };
const TERMS = {
  submitter: "secretary@example.org",
  repository,
  path: "x/raw.md.xml",
  register: { path: "register.json", slug: "x" },
};
const file = { ...repository, path: TERMS.path, commit: "c".repeat(40) };
const NAME = "draft-example-x-03";

function factsWith(value: DraftFact): Facts {
  const at = instant("2027-01-06T08:00:00Z");
  const people = { author: null, closedBy: null, closedAt: at };
  const words = { url: "", title: "", body: "", labels: [] };
  const ref = { ...repository, number: 1 };
  const issue = { ref, id: 1, ...words, ...people, state: "closed", createdAt: at, updatedAt: at } as const;
  return { issue, comments: [], draft: { known: true, value } };
}

function sending(xml: DraftFact["xml"], registered: DraftFact["registered"]) {
  return draftToSend(TERMS, null, factsWith({ asked: null, xml, registered }));
}

const read = (text: string) => ({ status: "read", text, file }) as const;

test.each([
  ["is the register's", read(`<rfc docName="${NAME}">`), { status: "read", draft: NAME }, null],
  ["no register is kept", read(`<rfc docName="${NAME}">`), null, null],
  ["is missing", { status: "missing" }, null, "file missing"],
  ["is too large", { status: "too large" }, null, "file too large"],
  ["is no text", { status: "not text" }, null, "not a draft"],
  ["says no name", read("<rfc>"), null, "not a draft"],
  ["is not in the register", read(`<rfc docName="${NAME}">`), { status: "absent" }, "not in the register"],
  ["has a broken register", read(`<rfc docName="${NAME}">`), { status: "unreadable" }, "register unreadable"],
  [
    "is an older revision",
    read(`<rfc docName="${NAME}">`),
    { status: "read", draft: "draft-example-x-04" },
    "another draft",
  ],
] as const)("a file that %s", (_, xml, registered, why) => {
  const given = sending(xml, registered);
  expect("withheld" in given ? given.withheld.why : null).toBe(why);
  if (why === null) expect(given).toMatchObject({ got: { name: NAME, file } });
});

test("the file at another commit has to be read first", () => {
  const at = "d".repeat(40);
  const facts = factsWith({ asked: null, xml: read("<rfc>"), registered: null });
  expect(draftToSend(TERMS, null, facts)).toHaveProperty("withheld");
  const other = draftToSend(TERMS, at, facts);
  expect(other).toMatchObject({ step: { do: "want", want: { fact: "draft", commit: at } } });
});

test.each([
  [`<?xml version="1.0"?>\n<rfc\n  version="3"\n  docName = '${NAME}'\n>`, NAME],
  [`<rfc version="3"><front docName="${NAME}"/></rfc>`, null],
  [`<rfcs docName="${NAME}">`, null],
  [`<rfc seriesdocName="${NAME}">`, null],
  ['<rfc docName="draft-example-x">', null],
  ['<rfc docName="../../etc-00">', null],
  [`${"<rfc ".repeat(200_000)}`, null],
])("what a file says that it is: %#", (xml, name) => {
  const started = performance.now();
  expect(draftNameIn(xml)).toBe(name);
  expect(performance.now() - started).toBeLessThan(200);
});
