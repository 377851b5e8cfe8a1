import { beforeEach, describe, expect, test } from "vitest";
import type { CharterProblem } from "../../src/charter/charter.ts";
import { parseCharter } from "../../src/charter/parse.ts";
import type { CharterFact } from "../../src/proposal/facts.ts";
import { DAY, HOUR, instant, before as minus } from "../../src/proposal/instant.ts";
import { watchCharter } from "../../src/reconcile/charter-watch.ts";
import type { StorePort } from "../../src/reconcile/ports.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { memoryDirectory } from "../support/directory.ts";

const NOW = instant("2026-11-01T00:00:00Z");
const REPOSITORY = { owner: "MISP", name: "misp-rfc" };
const pin = (commit: string, name = "misp-rfc") => ({
  owner: "MISP",
  name,
  path: ".github/committee.yml",
  commit: commit.repeat(40),
});
const problem: CharterProblem = {
  line: 3,
  column: 1,
  path: "quorom",
  message: "Unknown key",
  instead: "quorum",
};
const invalid = (commit: string, name?: string): CharterFact => ({
  status: "invalid",
  problems: [problem],
  pin: pin(commit, name),
});
const KEPT = "publication: { draft: { who: misp }, register: register.json, maintenance: {} }\n";
function valid(commit: string, name?: string, more = ""): CharterFact {
  const parsed = parseCharter(`committee: MISP Standard Committee\nmembers: [adulau]\n${more}`);
  if (!parsed.ok) return expect.fail("the sample charter is valid");
  return { status: "valid", charter: parsed.charter, pin: pin(commit, name) };
}

describe("the watch over a charter", () => {
  let directory: ReturnType<typeof memoryDirectory>;
  let store: StorePort;
  beforeEach(() => {
    directory = memoryDirectory();
    store = openSqliteStore(":memory:");
  });

  /** What is reported when the charter is as given. */
  async function told(charter: CharterFact, commit: string | null = null) {
    const proposals = [{ ref: { ...REPOSITORY, number: 1 }, updatedAt: NOW }];
    directory.add("MISP/misp-rfc", { charter, proposals });
    directory.reports.splice(0);
    await watchCharter({ directory, store, clock: { now: () => NOW } }, REPOSITORY, commit);
    return directory.reports.map(({ report }) => ({
      commit: report.commit.slice(0, 1),
      onDefaultBranch: report.onDefaultBranch,
      check: report.check.conclusion,
      issue: report.issue !== null,
    }));
  }
  const isTouched = async () => (await store.nextDue()) === NOW;
  const settle = () =>
    store.runOne(
      () => NOW,
      async () => null,
    );

  test("tells of an invalid charter once: a check on the commit, and an issue", async () => {
    expect(await told(invalid("a"))).toEqual([
      { commit: "a", onDefaultBranch: true, check: "failure", issue: true },
    ]);
    expect(await told(invalid("a"))).toEqual([]);
    // A push that did not touch the charter moves the branch, not the charter's state.
    expect(await told(invalid("b"))).toEqual([]);
  });

  test("at first sight it moves no proposal: the sweep has done so", async () => {
    await told(valid("a"));
    expect(await isTouched()).toBe(false);
    expect(directory.calls).not.toContain("proposals MISP/misp-rfc");
  });

  test("when it is mended, the issue is taken back and every proposal looks again", async () => {
    await told(invalid("a"));
    await settle();
    expect(await told(valid("b"))).toEqual([
      { commit: "b", onDefaultBranch: true, check: "success", issue: false },
    ]);
    expect(await isTouched()).toBe(true);
    await settle();
    await told(valid("c"));
    expect(await isTouched()).toBe(false);
  });

  test("where there is no charter and never was one, nobody is told", async () => {
    expect(await told({ status: "absent" })).toEqual([]);
    expect(directory.calls).toEqual(["charter MISP/misp-rfc"]);
    expect(await isTouched()).toBe(false);
  });

  test("when the first charter arrives, proposals that waited for it look again", async () => {
    await told({ status: "absent" });
    await told(valid("a"));
    expect(await isTouched()).toBe(true);
  });

  test("when a broken charter is taken away, its issue goes too, once", async () => {
    await told(invalid("a"));
    expect(await told({ status: "absent" })).toEqual([
      { commit: "a", onDefaultBranch: true, check: "neutral", issue: false },
    ]);
    expect(await told({ status: "absent" })).toEqual([]);
    expect(await told(valid("c", ".github"))).toEqual([]);
  });

  test("an inherited charter is not reported in the heir's repository, but its proposals hear of it", async () => {
    expect(await told(invalid("a", ".github"))).toEqual([]);
    expect(await told(valid("b", ".github"))).toEqual([]);
    expect(await isTouched()).toBe(true);
  });

  test("a repository is given the labels by its own charter, not by an inherited one or a pushed commit", async () => {
    const furnished = async (charter: CharterFact, commit: string | null = null) => {
      directory.calls.splice(0);
      await told(charter, commit);
      return directory.calls.includes("furnish MISP/misp-rfc");
    };
    expect(await furnished(valid("a"))).toBe(true);
    expect(await furnished(invalid("b"))).toBe(false);
    expect(await furnished(valid("c", ".github"))).toBe(false);
    expect(await furnished(valid("d"), "d".repeat(40))).toBe(false);
  });

  test("a pushed commit gets a check and no issue, and moves no proposal", async () => {
    const commit = "d".repeat(40);
    expect(await told(invalid("d"), commit)).toEqual([
      { commit: "d", onDefaultBranch: false, check: "failure", issue: false },
    ]);
    expect(await told(invalid("d"), commit)).toEqual([]);
    expect(await isTouched()).toBe(false);
  });

  test("what could not be read is tried again, and nothing is said", async () => {
    await expect(told({ status: "unreadable", because: "GitHub answered 502" })).rejects.toThrow(
      "GitHub answered 502",
    );
    expect(directory.reports).toEqual([]);
  });

  test("what could not be reported is told the next time", async () => {
    const { reportCharter } = directory;
    directory.reportCharter = () => Promise.reject(new Error("GitHub is away"));
    await expect(told(invalid("a"))).rejects.toThrow("GitHub is away");
    directory.reportCharter = reportCharter;
    expect(await told(invalid("a"))).toHaveLength(1);
  });

  test("makes the standards due that are kept by it: when it changes, and where nobody has looked for a day", async () => {
    const looked = (at: string) => store.remember("looked at maintenance misp/misp-rfc", at);
    const due = async () => {
      const subjects: string[] = [];
      const note = async (subject: string) => {
        subjects.push(subject);
        return null;
      };
      while ((await store.runOne(() => NOW, note)) === "ran");
      return subjects.includes("maintenance misp/misp-rfc");
    };
    await told(valid("a", undefined, KEPT), "a".repeat(40));
    expect(await due()).toBe(false);
    await told(valid("a", undefined, KEPT));
    expect(await due()).toBe(true);
    await looked(minus(NOW, HOUR));
    await told(valid("b", undefined, KEPT));
    expect(await due()).toBe(false);
    await looked(minus(NOW, DAY));
    await told(valid("b", undefined, KEPT));
    expect(await due()).toBe(true);
    await looked(NOW);
    await told(valid("c", undefined, KEPT.replace("{} }", "{ before: 60 days } }")));
    expect(await due()).toBe(true);
  });
});
