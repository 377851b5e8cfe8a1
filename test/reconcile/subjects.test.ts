import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Repository } from "../../src/proposal/facts.ts";
import type { Subject } from "../../src/reconcile/ports.ts";
import { parseSubject, subjectKey } from "../../src/reconcile/subjects.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const repository = { owner: "misp", name: "misp-rfc" };

describe("a subject as text", () => {
  test.each<[string, Subject]>([
    ["proposal misp/misp-rfc#12", { kind: "proposal", ref: { ...repository, number: 12 } }],
    ["charter misp/misp-rfc", { kind: "charter", repository, commit: null }],
    [`charter misp/misp-rfc@${SHA}`, { kind: "charter", repository, commit: SHA }],
    ["maintenance misp/misp-rfc", { kind: "maintenance", repository }],
    ["draft check misp/misp-rfc#15", { kind: "draft check", ref: { ...repository, number: 15 } }],
    ["proposal misp/.github#1", { kind: "proposal", ref: { owner: "misp", name: ".github", number: 1 } }],
  ])("%s", (key, subject) => {
    expect(subjectKey(subject)).toBe(key);
    expect(parseSubject(key)).toEqual(subject);
  });

  test("one deed has one subject, in whatever letter case it is named", () => {
    const keys = [repository, { owner: "MISP", name: "MISP-RFC" }].flatMap((named) => [
      subjectKey({ kind: "proposal", ref: { ...named, number: 12 } }),
      subjectKey({ kind: "charter", repository: named, commit: SHA }),
    ]);
    expect([...new Set(keys)]).toEqual(["proposal misp/misp-rfc#12", `charter misp/misp-rfc@${SHA}`]);
    expect(parseSubject("proposal MISP/misp-rfc#12")).toMatchObject({ ref: { owner: "MISP" } });
  });

  test.each([
    "",
    "proposal",
    "proposal MISP/misp-rfc",
    "draft MISP/misp-rfc#12",
    "maintenance MISP/..",
    "maintenance MISP/misp-rfc#1",
    "draft check MISP/misp-rfc",
    "draft check MISP/..#1",
    "proposal MISP/misp-rfc#0",
    "proposal MISP/misp-rfc#012",
    "proposal MISP/misp-rfc#12 ",
    " proposal MISP/misp-rfc#12",
    "proposal MISP/misp-rfc#12\n",
    "proposal MISP/misp-rfc#99999999999999999999",
    "proposal MISP/../users#1",
    "proposal MISP/..#1",
    "charter MISP/.",
    "charter MISP/misp-rfc@main",
    "charter MISP/misp-rfc@",
    "ballot MISP/misp-rfc#12",
  ])("not a subject: %j", (key) => {
    expect(parseSubject(key)).toBeNull();
  });

  test("a name that would not be read back is not written", () => {
    expect(() =>
      subjectKey({ kind: "charter", repository: { owner: "a/b", name: "c" }, commit: null }),
    ).toThrow("Not a subject");
  });

  const name = fc.stringMatching(/^[A-Za-z0-9_-][A-Za-z0-9._-]{0,30}$/);
  const owner = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9-]{0,30}$/);
  const anySubject: fc.Arbitrary<Subject> = fc.oneof(
    fc.record({
      kind: fc.constantFrom("proposal" as const, "draft check" as const),
      ref: fc.record({ owner, name, number: fc.integer({ min: 1 }) }),
    }),
    fc.record({ kind: fc.constant("maintenance" as const), repository: fc.record({ owner, name }) }),
    fc.record({
      kind: fc.constant("charter" as const),
      repository: fc.record({ owner, name }),
      commit: fc.option(fc.stringMatching(/^[0-9a-f]{40}$/), { nil: null }),
    }),
  );

  test("every subject is read back as it was written, in lower case", () => {
    fc.assert(
      fc.property(anySubject, (subject) => {
        expect(parseSubject(subjectKey(subject))).toEqual(inLowerCase(subject));
      }),
    );
  });

  test("whatever can be read is written the same, in lower case", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), anySubject.map(subjectKey)), (text) => {
        const subject = parseSubject(text);
        if (subject !== null) expect(subjectKey(subject)).toBe(text.toLowerCase());
      }),
    );
  });
});

function inLowerCase(subject: Subject): Subject {
  const lower = ({ owner, name }: Repository) => ({ owner: owner.toLowerCase(), name: name.toLowerCase() });
  return "ref" in subject
    ? { ...subject, ref: { ...lower(subject.ref), number: subject.ref.number } }
    : { ...subject, repository: lower(subject.repository) };
}
