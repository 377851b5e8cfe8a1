/** idnits over a file as it stands: what it finds, and on which line. */
import { describe, expect, it } from "vitest";
import { checkDraft } from "../../src/ietf/check-draft.ts";
import { instant } from "../../src/proposal/instant.ts";
import { sampleDraft } from "../support/sample-draft.ts";

const NOW = instant("2026-12-20T10:00:00Z");
const PATH = "sighting-format/raw.md";

async function check(content: string | Uint8Array, registered: string | null = null) {
  const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
  return checkDraft(bytes, { path: PATH, registered, bibliography: null, now: NOW });
}

const codes = ({ remarks }: Awaited<ReturnType<typeof check>>) =>
  remarks.map(({ severity, code, line }) => `${severity} ${code} ${line}`);
const lineOf = (text: string, words: string) =>
  text.split("\n").findIndex((line) => line.includes(words)) + 1;

describe("a draft", () => {
  it("without a mistake has no remark", async () => {
    const checked = await check(sampleDraft());
    expect(checked).toEqual({ path: PATH, name: "draft-misp-sighting-format-00", remarks: [] });
  });

  it("with mistakes has them at its own lines", async () => {
    const body = "\n# Sightings\n\nAs <b>seen</b> by [@!NOWHERE].\n\n";
    const text = sampleDraft({ body, date: "2025-01-01" });
    const found = await check(text);
    expect(codes(found)).toContain(`warning NOT_EXPRESSED ${lineOf(text, "seen</b>")}`);
    expect(found.remarks.some(({ line }) => line === lineOf(text, "date ="))).toBe(true);
  });

  it("is checked under the name that the register gives it, where its own has no revision", async () => {
    const bare = sampleDraft({ docName: "draft-misp-sighting-format" });
    expect((await check(bare, "draft-misp-sighting-format-03")).name).toBe("draft-misp-sighting-format-03");
    for (const registered of [null, "draft-misp-another-03"]) {
      const found = await check(bare, registered);
      expect(found.name).toBe(null);
      expect(codes(found)).toContain("error NO_NAME 1");
    }
  });

  it.each<[string, Uint8Array, number | null]>([
    ["empty", new Uint8Array(), null],
    ["binary", new Uint8Array([0xff, 0xfe, 0x00, 0x01]), null],
    ["with a control character", new TextEncoder().encode("a\nb\u0007\n"), 2],
    ["too long", new TextEncoder().encode("word\n".repeat(300_000)), null],
  ])("that is none, %s, is an error with a sentence", async (_, content, line) => {
    const { name, remarks } = await check(content);
    expect(name).toBe(null);
    expect(remarks).toEqual([
      { severity: "error", code: "NO_DRAFT", message: expect.stringMatching(/\.$/), line, reference: null },
    ]);
  });
});
