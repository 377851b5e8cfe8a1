/** Data that is small and means a lot, or means something else: JSON, YAML and TOML of a stranger's. */
import { afterEach, describe, expect, it } from "vitest";
import { parseCharter } from "../src/charter/parse.ts";
import { named } from "../src/events.ts";
import { parsedDocket } from "../src/github/docket-file.ts";
import { readDraft } from "../src/publication/draft/read.ts";
import { readRegister } from "../src/publication/register/text.ts";

const REF = { owner: "MISP", name: "misp-rfc", number: 12 };
const DEEP = 300_000;

const JSON_BOMBS: readonly (readonly [string, string])[] = [
  ["nested lists", "[".repeat(DEEP) + "]".repeat(DEEP)],
  ["nested groups", `${'{"entries":'.repeat(DEEP)}1${"}".repeat(DEEP)}`],
  ["lists without an end", "[".repeat(DEEP)],
  ["a list of a million", `[${"0,".repeat(1_000_000)}0]`],
  ["a number without an end", "1".repeat(1_000_000)],
  [
    "keys of every object's prototype",
    '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"format":"x","entries":[{"__proto__":[]}]}',
  ],
];

const TOML_BOMBS: readonly (readonly [string, string])[] = [
  ["nested lists", `x = ${"[".repeat(20_000)}${"]".repeat(20_000)}`],
  ["nested groups", `x = ${"{a=".repeat(10_000)}`],
  ["a key of many parts", `a${".b".repeat(15_000)} = 1`],
  ["many tables", "[[a]]\n".repeat(100_000)],
  ["keys of every object's prototype", "__proto__.polluted = 1\n[constructor.prototype]\npolluted = 1"],
];

/** In milliseconds of the processor, whatever else the machine does. */
const IN_TIME = 3_000;

function inTime(work: () => unknown): void {
  const started = process.cpuUsage();
  work();
  expect(process.cpuUsage(started).user / 1_000).toBeLessThan(IN_TIME);
}

afterEach(() => {
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});

describe("JSON of a stranger's", () => {
  it.each(JSON_BOMBS)("%s: a register is refused", (_, text) => {
    inTime(() => expect(() => readRegister(text)).toThrow(/^The register cannot be read: /));
  });

  it.each(JSON_BOMBS)("%s: a docket is damaged", (_, text) => {
    inTime(() => expect(() => parsedDocket(REF, text)).toThrow(/ is damaged: /));
  });

  it.each(JSON_BOMBS)("%s: a charter is invalid", (_, text) => {
    inTime(() => expect(parseCharter(text)).toMatchObject({ ok: false }));
  });

  it.each(JSON_BOMBS.filter(([name]) => name !== "lists without an end"))(
    "%s: an event names nothing",
    (_, text) => {
      const payload: unknown = JSON.parse(text);
      inTime(() => expect(named("issues", payload)).toBeNull());
      inTime(() => expect(named("push", { repository: payload, issue: payload })).toBeNull());
    },
  );
});

it.each(TOML_BOMBS)("TOML of a stranger's, %s: the text is read, and its title block is not", (_, toml) => {
  inTime(() => {
    const read = readDraft(`%%%\ntitle = "A title"\n${toml}\n%%%\n\n# First\n\nText.\n`);
    expect("refused" in read ? read : read.draft.front).toSatisfy(
      (front: object) => "refused" in front || !JSON.stringify(front).includes("polluted"),
    );
  });
});
