/** docs/threat-model.md: every threat has all its parts, and every test that it names is there. */
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";

const PARTS = ["Gain", "Stopped by", "Shown by", "Remains"];
const page = readFileSync("docs/threat-model.md", "utf8");
const threats = page
  .split(/^### /m)
  .slice(1)
  .map((text): [string, string] => [text.split("\n", 1)[0] ?? "", text.split(/^## /m)[0] ?? ""]);

/** Its parts by name, each as one line. */
function partsOf(threat: string): ReadonlyMap<string, string> {
  const items = threat.split(/^- /m).slice(1);
  return new Map(
    items.map((item) => {
      const [, name = "", text = ""] = /^\*\*([^*]+):\*\*([\s\S]*)$/.exec(item) ?? [];
      return [name, text.replace(/\s+/g, " ").trim()];
    }),
  );
}

type Named = { readonly file: string; readonly name: string };

/** A file, and after it names of tests, or of rows of their tables, in typographic quotes. */
function testsIn(shown: string): readonly Named[] {
  return [...shown.matchAll(/`(test\/[^`]+)`((?:[^`“]*“[^”]*”)*)/g)].flatMap(([, file = "", names = ""]) =>
    [...names.matchAll(/“([^”]*)”/g)].map(([, name = ""]) => ({ file, name })),
  );
}

/** As a whole string of the file, in quotes of any kind. */
function isIn({ file, name }: Named): boolean {
  if (!existsSync(file)) return false;
  const code = readFileSync(file, "utf8");
  return ['"', "'", "`"].some((quote) => code.includes(`${quote}${name}${quote}`));
}

it("the page has threats by everybody who could want something", () => {
  expect(threats.length).toBeGreaterThan(15);
  expect([...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
    "An outsider",
    "A proposer",
    "A member",
    "A maintainer with write access",
    "A stolen token or key",
    "A poisoned dependency",
    "A lying bibliography, datatracker or renderer",
  ]);
});

describe.each(threats)("%s", (_, threat) => {
  const parts = partsOf(threat);

  it("says what it would gain, what stops it, what shows that, and what remains", () => {
    expect([...parts.keys()]).toEqual(PARTS);
    for (const [name, text] of parts) expect(text, name).toMatch(/^\S.{15,}[.”]$/);
  });

  it("names tests that there are", () => {
    const shown = parts.get("Shown by") ?? "";
    const tests = testsIn(shown);
    expect(tests.length).toBeGreaterThan(0);
    expect(tests.length, "every name stands after its file").toBe(shown.match(/“/g)?.length);
    for (const named of tests) expect(isIn(named), `${named.file} “${named.name}”`).toBe(true);
  });
});

describe("the release", () => {
  const step = z.object({ uses: z.string().optional(), run: z.string().optional() });
  const workflow = z
    .object({
      permissions: z.record(z.string(), z.string()),
      jobs: z.record(
        z.string(),
        z.object({ permissions: z.record(z.string(), z.string()), steps: z.array(step) }),
      ),
    })
    .parse(parse(readFileSync(".github/workflows/release.yml", "utf8")));
  const jobs = Object.values(workflow.jobs);
  const steps = jobs.flatMap((job) => job.steps);

  it("audits, lists what it depends on, and signs where it was made", () => {
    const runs = steps.flatMap(({ run }) => run ?? []);
    expect(runs.slice(0, 4)).toEqual(["npm ci", "npm audit --omit=dev", "npm audit signatures", "npm test"]);
    expect(runs.filter((run) => run.startsWith("npm sbom "))).toHaveLength(1);
    const signing = steps.findLastIndex(({ uses }) => uses?.startsWith("actions/attest@"));
    const releasing = steps.findIndex(({ run }) => run?.startsWith("gh release create"));
    expect(signing).toBeGreaterThan(0);
    expect(releasing).toBeGreaterThan(signing);
  });

  it("writes only where it has to, with actions pinned to a commit", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(jobs.map(({ permissions }) => permissions)).toEqual([
      { contents: "write", "id-token": "write", attestations: "write" },
    ]);
    const actions = steps.flatMap(({ uses }) => uses ?? []);
    expect(actions.length).toBeGreaterThan(3);
    for (const action of actions) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
  });
});
