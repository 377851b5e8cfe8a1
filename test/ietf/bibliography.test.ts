import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bibliographyPath, createBibliography } from "../../src/ietf/bibliography.ts";
import { DAY, instant, after as later, seconds } from "../../src/proposal/instant.ts";
import {
  type BibliographyMishap,
  type SandboxBibliography,
  startBibliography,
} from "../../src/sandbox/bibliography.ts";

let sandbox: SandboxBibliography;
beforeEach(async () => {
  sandbox = await startBibliography();
});
afterEach(() => sandbox.close());

function setUp() {
  const notes = new Map<string, string>();
  const clock = { at: instant("2026-11-23T12:00:00Z"), now: () => clock.at };
  const cache = {
    recall: async (key: string) => notes.get(key) ?? null,
    remember: async (key: string, value: string) => void notes.set(key, value),
  };
  const bibliography = createBibliography({ url: sandbox.url, cache, clock, timeoutMs: 300 });
  return { notes, clock, cache, bibliography };
}

describe("the address of a reference", () => {
  it.each([
    ["RFC8259", "/public/rfc/bibxml/reference.RFC.8259.xml"],
    ["RFC20", "/public/rfc/bibxml/reference.RFC.0020.xml"],
    ["RFC0020", "/public/rfc/bibxml/reference.RFC.0020.xml"],
    ["BCP14", "/public/rfc/bibxml9/reference.BCP.0014.xml"],
    ["I-D.ietf-quic-http", "/public/rfc/bibxml-ids/reference.I-D.ietf-quic-http.xml"],
    ["I-D.x/../../secret", null],
    ["I-D..", null],
    ["RFC8259?x=1", null],
    ["RFC0", null],
    ["MISP-P", null],
    ["", null],
  ])("%s: %s", (name, path) => {
    expect(bibliographyPath(name)).toBe(path);
  });
});

describe("the bibliography", () => {
  it("gives what it holds, and says what it does not know", async () => {
    const { bibliography } = setUp();
    const { references, missing } = await bibliography.find([
      "RFC2119",
      "BCP14",
      "MISP-P",
      "RFC9999",
      "RFC2119",
    ]);
    expect([...references.keys()]).toEqual(["RFC2119", "BCP14"]);
    expect(references.get("RFC2119")).toContain("Key words for use in RFCs");
    expect(references.get("BCP14")).toMatch(/^<referencegroup .*RFC 2119 Key Words/s);
    expect(missing).toEqual([
      { name: "RFC9999", why: "unknown", because: "The IETF's bibliography knows no RFC9999." },
    ]);
    expect(sandbox.asked).toHaveLength(3);
  });

  it("is asked once for what is kept, and again when that has grown old", async () => {
    const { bibliography, clock } = setUp();
    const draft = "I-D.dulaunoy-misp-core-format";
    await bibliography.find(["RFC8259", draft]);
    await bibliography.find(["RFC8259", draft]);
    expect(sandbox.asked).toHaveLength(2);
    clock.at = later(clock.at, seconds(8 * DAY));
    await bibliography.find(["RFC8259", draft]);
    expect(sandbox.asked.slice(2)).toEqual([bibliographyPath(draft)]);
  });

  it("is not missed while what is kept is old", async () => {
    const { bibliography, clock } = setUp();
    await bibliography.find(["RFC8259"]);
    clock.at = later(clock.at, seconds(400 * DAY));
    sandbox.misbehave("down");
    const { references, missing } = await bibliography.find(["RFC8259"]);
    expect([...references.keys()]).toEqual(["RFC8259"]);
    expect(missing).toEqual([]);
  });

  it("does not take a kept note that somebody else wrote", async () => {
    const { bibliography, notes } = setUp();
    notes.set("reference RFC8259", "2026-11-23T11:00:00Z <reference><script/></reference>");
    notes.set("reference RFC2119", "nonsense");
    const { references } = await bibliography.find(["RFC8259", "RFC2119"]);
    expect(references.get("RFC8259")).toContain("JavaScript Object Notation");
    expect(references.get("RFC2119")).toContain("Key words");
  });

  it("works with a store that cannot be read or written", async () => {
    const { clock } = setUp();
    const broken = async () => {
      throw new Error("disk full");
    };
    const cache = { recall: broken, remember: broken };
    const { references } = await createBibliography({ url: sandbox.url, cache, clock }).find(["RFC8259"]);
    expect(references.size).toBe(1);
  });

  it.each<[BibliographyMishap, string, string]>([
    ["down", "no answer", "could not be asked for RFC8259: it answered 502."],
    ["slow", "no answer", "could not be asked for RFC8259: it did not answer within 0.3 seconds."],
    ["huge", "no answer", "could not be asked for RFC8259: its answer was longer than 262144 bytes."],
    ["bomb", "bad answer", "answered with something for RFC8259 that has a declaration or a CDATA section."],
    [
      "not xml",
      "bad answer",
      "answered with something for RFC8259 that has a declaration or a CDATA section.",
    ],
  ])("that is %s holds no draft up", async (mishap, why, because) => {
    const { bibliography, notes } = setUp();
    sandbox.misbehave(mishap);
    const { references, missing } = await bibliography.find(["RFC8259"]);
    expect(references.size).toBe(0);
    expect(missing).toEqual([{ name: "RFC8259", why, because: `The IETF's bibliography ${because}` }]);
    expect(notes.size).toBe(0);
  });

  it("that is down is not asked for everything", async () => {
    const { bibliography } = setUp();
    sandbox.misbehave("down");
    const names = Array.from({ length: 40 }, (_, index) => `RFC${index + 1}`);
    const { missing } = await bibliography.find(names);
    expect(missing.map(({ name }) => name)).toEqual(names);
    expect(sandbox.asked.length).toBeLessThanOrEqual(2 * 8);
  });

  it("that is nowhere is not waited for", async () => {
    const { bibliography } = setUp();
    await sandbox.close();
    const { missing } = await bibliography.find(["RFC8259"]);
    expect(missing.map(({ because }) => because)).toEqual([
      "The IETF's bibliography could not be asked for RFC8259: the connection failed (ECONNREFUSED).",
    ]);
  });
});
