/** The pass over a pull request's drafts, against a GitHub held in memory. */
import { beforeEach, describe, expect, test } from "vitest";
import { parseCharter } from "../../src/charter/parse.ts";
import type { DraftReport } from "../../src/messages/draft-check.ts";
import { proposalLine } from "../../src/messages/key.ts";
import type { CharterFact } from "../../src/proposal/facts.ts";
import { instant } from "../../src/proposal/instant.ts";
import { type ChecksPort, checkDrafts, isDraftChecked } from "../../src/reconcile/draft-check.ts";
import { GitHubFailure } from "../../src/reconcile/ports.ts";
import { sampleRegisterText } from "../../src/sandbox/sample-register.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";

const HEAD = "a".repeat(40);
const REF = { owner: "MISP", name: "misp-rfc", number: 15 };
const LINE = proposalLine({ owner: "MISP", name: "misp-rfc", number: 12 });
const NOW = instant("2026-12-20T10:00:00Z");
const CHARTER = `committee: MISP
members: [adulau]
publication:
  draft: { who: misp }
  register: register.json
`;

function charterFact(text: string): CharterFact {
  const parsed = parseCharter(text);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const pin = { owner: "MISP", name: "misp-rfc", path: ".github/committee.yml", commit: "c".repeat(40) };
  return { status: "valid", charter: parsed.charter, pin };
}

describe("the check of drafts", () => {
  const world = {
    pull: { head: HEAD, body: LINE } as Awaited<ReturnType<ChecksPort["pullRequest"]>>,
    files: new Map<string, Uint8Array | string>(),
    checked: new Set<string>(),
    reports: [] as DraftReport[],
    charter: charterFact(CHARTER),
    asked: [] as string[],
    failing: false,
  };
  let store = openSqliteStore(":memory:");
  beforeEach(() => {
    store = openSqliteStore(":memory:");
    world.pull = { head: HEAD, body: LINE };
    world.files = new Map<string, Uint8Array | string>([["core-format/raw.md", bytes("text")]]);
    world.checked.clear();
    Object.assign(world, { reports: [], asked: [], charter: charterFact(CHARTER), failing: false });
  });

  const checks: ChecksPort = {
    pullRequest: async () => world.pull,
    changedFiles: async () => [...world.files.keys()],
    isChecked: async (_, commit) => world.checked.has(commit),
    file: async (_, commit, path) => (commit === HEAD ? (world.files.get(path) ?? null) : null),
    report: async (_, commit, report) => {
      if (world.failing) throw new GitHubFailure("502", { status: 502, retryAt: null });
      world.checked.add(commit);
      world.reports.push(report);
    },
  };
  const run = () =>
    checkDrafts(
      {
        checks,
        directory: { charter: async () => world.charter },
        check: async (content, { path, registered }) => {
          world.asked.push(`${path} ${registered} ${new TextDecoder().decode(content)}`);
          return { path, name: registered, remarks: [] };
        },
        store,
        clock: { now: () => NOW },
      },
      REF,
    );

  test("each draft at the newest commit, once", async () => {
    await run();
    await run();
    expect(world.asked).toEqual(["core-format/raw.md null text"]);
    expect(world.reports).toMatchObject([{ conclusion: "success" }]);
    expect(await isDraftChecked(store, REF, HEAD)).toBe(true);
    expect(await isDraftChecked(store, REF, "b".repeat(40))).toBe(false);
  });

  test("again where the report did not get through, with the store lost or not", async () => {
    world.failing = true;
    await expect(run()).rejects.toThrow("502");
    expect(await isDraftChecked(store, REF, HEAD)).toBe(false);
    world.failing = false;
    await run();
    store = openSqliteStore(":memory:");
    await run();
    expect(world.reports).toHaveLength(1);
  });

  test("under the name that the register on the same branch has for it, where it does not say its revision", async () => {
    world.files.set("misp-core-format/raw.md", bytes("core"));
    world.files.set("register.json", bytes(sampleRegisterText()));
    await run();
    expect(world.asked).toContain("misp-core-format/raw.md draft-dulaunoy-misp-core-format-20 core");
    world.checked.clear();
    world.files.set("register.json", bytes("{"));
    await run();
    expect(world.asked).toContain("misp-core-format/raw.md null core");
    world.checked.clear();
    world.files.set("register.json", bytes(sampleRegisterText()));
    world.files.set("misp-core-format/raw.md", bytes('%%%\ndocName = "draft-x-y-21"\n%%%\n'));
    await run();
    expect(world.asked.at(-1)).toMatch(/^misp-core-format\/raw\.md null %%%/);
  });

  test("a file that cannot be read is an error with a sentence", async () => {
    world.files.set("core-format/raw.md", "too large");
    await run();
    expect(world.reports).toMatchObject([{ conclusion: "failure", title: "1 error, 0 warnings" }]);
  });

  test.each<[string, Partial<typeof world>]>([
    ["a pull request that is not there, or not the App's", { pull: null }],
    ["one that names no committee", { pull: { head: HEAD, body: "Mends a typo" } }],
    ["one that names another account's", { pull: { head: HEAD, body: LINE.replace("MISP/", "x/") } }],
    ["a committee that makes no drafts", { charter: charterFact("committee: X\nmembers: [a]\n") }],
    ["a committee without a charter", { charter: { status: "absent" } }],
    ["the website's", { charter: charterFact(`${CHARTER}  standards: MISP/elsewhere\n`) }],
    ["files that are no drafts", { files: filesOf("raw.md", "a/b/raw.md", "a/other.md") }],
  ])("nothing is said on %s", async (_, given) => {
    Object.assign(world, given);
    await run();
    expect(world.reports).toEqual([]);
  });

  test("a charter that cannot be read now is asked for again", async () => {
    world.charter = { status: "unreadable", because: "GitHub will not show it" };
    await expect(run()).rejects.toThrow("GitHub will not show it");
    expect(await isDraftChecked(store, REF, HEAD)).toBe(false);
  });
});

function filesOf(...paths: readonly string[]): Map<string, Uint8Array | string> {
  return new Map(paths.map((path) => [path, bytes("text")]));
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
