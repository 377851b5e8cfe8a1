import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NO_DRAFT_LINE, proposalLine, proposalOf, saysNoDraft } from "../../src/messages/key.ts";
import { keyOf, withKey } from "../../src/proposal/keys.ts";
import { subjectKey } from "../../src/reconcile/subjects.ts";

const key = fc.string({ unit: fc.constantFrom(..."abcxyz0189-"), minLength: 1, maxLength: 64 });

describe("withKey and keyOf", () => {
  it("put a hidden first line before the body", () => {
    expect(withKey("reply-4711", "Thank you.")).toBe("<!-- secretariat:reply-4711 -->\nThank you.");
  });

  it("find every key again, whatever the body says", () => {
    fc.assert(
      fc.property(key, fc.string({ unit: "binary" }), (name, body) => {
        expect(keyOf(withKey(name, body))).toBe(name);
        expect(keyOf(withKey(name, `--> <!-- secretariat:other -->${body}`))).toBe(name);
      }),
    );
  });

  it.each([
    "",
    "Hello",
    " <!-- secretariat:status -->",
    "\n<!-- secretariat:status -->",
    "> <!-- secretariat:status -->",
    "Hello\n<!-- secretariat:status -->",
    "<!-- secretariat:status --> and more",
    "<!-- secretariat:status-->",
    "<!--secretariat:status -->",
    "<!-- secretariat:Status -->",
    "<!-- secretariat: -->",
    "<!-- secretariat:a b -->",
    "<!-- secretariat:a --> -->",
    "<!-- secretariat:status",
    "<!-- Secretariat:status -->",
    `<!-- secretariat:${"a".repeat(81)} -->`,
    "<!-- secretariat:proposal o/r#1 -->",
  ])("find none in %j", (body) => {
    expect(keyOf(body)).toBeNull();
  });

  it("survive the line ends of GitHub's own editor", () => {
    expect(keyOf("<!-- secretariat:status -->\r\nText")).toBe("status");
    expect(keyOf("<!-- secretariat:status -->")).toBe("status");
  });
});

describe("proposalLine and proposalOf", () => {
  const ref = fc.record({
    owner: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/),
    name: fc.stringMatching(/^[A-Za-z0-9._-]{1,100}$/).filter((name) => name !== "." && name !== ".."),
    number: fc.integer({ min: 1, max: 999_999_999 }),
  });

  it("name the proposal in the first line", () => {
    expect(proposalLine({ owner: "MISP", name: "misp-rfc", number: 12 })).toBe(
      "<!-- secretariat:proposal MISP/misp-rfc#12 -->",
    );
  });

  it("find every proposal again", () => {
    fc.assert(
      fc.property(ref, fc.string({ unit: "binary" }), (proposal, body) => {
        expect(proposalOf(`${proposalLine(proposal)}\n${body}`)).toEqual(proposal);
        // Whatever a hidden line may name, the queue takes.
        expect(() => subjectKey({ kind: "proposal", ref: proposal })).not.toThrow();
      }),
    );
  });

  it.each([
    "",
    "Text\n<!-- secretariat:proposal o/r#1 -->",
    "<!-- secretariat:proposal o/r#0 -->",
    "<!-- secretariat:proposal o/r#01 -->",
    " <!-- secretariat:proposal o/r#1 -->",
    "<!-- secretariat:proposal o/r -->",
    "<!-- secretariat:proposal o/r/s#1 -->",
    "<!-- secretariat:proposal o/r#1 --> more",
    "<!-- secretariat:proposal o/.#1 -->",
    "<!-- secretariat:proposal o/..#1 -->",
    `<!-- secretariat:proposal ${"o".repeat(101)}/r#1 -->`,
    "<!-- secretariat:status -->",
  ])("find none in %j", (body) => {
    expect(proposalOf(body)).toBeNull();
  });

  it.each([
    { owner: "o", name: "r --> @all", number: 1 },
    { owner: "o", name: "..", number: 1 },
    { owner: "o/p", name: "r", number: 1 },
    { owner: "o", name: "r", number: 0 },
    { owner: "o", name: "r", number: 1.5 },
    { owner: "o", name: "r -->\n", number: 1 },
  ])("refuse %j", (proposal) => {
    expect(() => proposalLine(proposal)).toThrow(RangeError);
  });
});

describe("a pull request that brings no draft", () => {
  const line = proposalLine({ owner: "MISP", name: "misp-rfc", number: 12 });

  it("says so in its second line, and still names its proposal", () => {
    const body = `${line}\n${NO_DRAFT_LINE}\n\nThis shows.`;
    expect([saysNoDraft(body), saysNoDraft(body.replaceAll("\n", "\r\n"))]).toEqual([true, true]);
    expect(proposalOf(body)).toEqual({ owner: "MISP", name: "misp-rfc", number: 12 });
  });

  it.each(["", line, NO_DRAFT_LINE, `${line}\n\n${NO_DRAFT_LINE}`, `${line}\n> ${NO_DRAFT_LINE}`])(
    "is not %j",
    (body) => expect(saysNoDraft(body)).toBe(false),
  );
});
