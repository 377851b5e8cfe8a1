import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { demo, SAMPLE, scriptFrom } from "../../src/cli/demo.ts";
import { sha256 } from "../../src/proposal/docket.ts";
import { inputPath } from "../support/inputs.ts";

const WHOLE_LIFE = [
  "received",
  "documented",
  "accepted",
  "comment-period-opened",
  "comment-period-closed",
  "ballot-opened",
  "ballot-posted",
  "votes-recorded",
  "ballot-closed",
  "publication-opened",
  "published",
];

test("the sample's whole life: at most 100 requests, as many as the README says", async () => {
  const lines: string[] = [];
  const result = await demo(SAMPLE, (line) => lines.push(line));
  const entries = result.entries.filter((kind, at, all) => kind !== "votes-recorded" || all[at - 1] !== kind);
  expect([result.stage, entries]).toEqual(["published", WHOLE_LIFE]);
  expect(result.requests.total).toBeLessThanOrEqual(100);
  expect(readFileSync("README.md", "utf8")).toContain(`${result.requests.total} requests`);
  expect(result.requests.reads + result.requests.writes).toBe(result.requests.total);
  expect(result.published[0]).toEqual({
    repository: "MISP/misp-rfc",
    path: "misp-tag-format/raw.md",
    sha256: sha256(SAMPLE.text),
  });
  expect(lines.at(-1)).toBe("What was merged is, byte for byte, what was voted on.");
});

test("a text too short to be a specification ends at intake, with what the checklist asks for", async () => {
  const lines: string[] = [];
  const played = demo({ name: "tiny", title: "Tiny", text: "# Tiny\n\nToo short." }, (line) =>
    lines.push(line),
  );
  await expect(played).rejects.toThrow(
    "The proposal stays at the stage intake: its documentation is not complete.\n  Technical specification: 2 words so far, and at least 20 words are asked for. Add 18 more words, or a link to a file in a repository that holds the text.",
  );
  expect(lines.at(-1)).toContain('labels the proposal "stage: intake"');
});

describe("the command line", () => {
  const run = (argument: string) => promisify(execFile)(process.execPath, ["src/cli/demo.ts", argument]);

  test("--help says what there is", async () => {
    const { stdout } = await run("--help");
    expect(stdout).toBe("Usage: npm run demo -- [--proposal FILE] [--json]\n");
  });

  test("what it does not know ends with the same, and with 1", async () => {
    await expect(run("--proposals")).rejects.toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/'--proposals'.*\nUsage: npm run demo -- /),
    });
  });
});

test.each(["misp-core-format", "misp-query-format", "misp-taxonomy-format", "sightingdb-format"])(
  "the committee's own draft %s, played to a merged pull request, is published byte for byte",
  async (name) => {
    const path = inputPath(`drafts/${name}.md`);
    if (path === null) return;
    const { stage, published } = await demo(scriptFrom(path), () => undefined);
    expect([stage, published[0]?.path, published[0]?.sha256]).toEqual([
      "published",
      `${name}/raw.md`,
      sha256(readFileSync(path, "utf8")),
    ]);
  },
);
