import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";
import { type Figure, figureOf, median, percentile, unmeasured, verdictOf } from "../../bench/figures.ts";
import { jsonOf, tableOf } from "../../bench/table.ts";

const figure = (more: Partial<Figure>): Figure => ({
  ...{ row: "sweep", what: "requests", figure: 5, unit: "", target: null, range: null, note: null },
  ...more,
});

test("a target is met at its very value, and missed beyond it", () => {
  expect(verdictOf(figure({ figure: 12, target: { atMost: 12 } }))).toBe("met");
  expect(verdictOf(figure({ figure: 12.1, target: { atMost: 12 } }))).toBe("missed");
  expect(verdictOf(figure({ figure: 0.7, target: { atLeast: 0.7 } }))).toBe("met");
  expect(verdictOf(figure({ figure: 0.69, target: { atLeast: 0.7 } }))).toBe("missed");
  expect(verdictOf(figure({ figure: null, target: { atMost: 12 } }))).toBe("not measured");
  expect(verdictOf(figure({}))).toBe("no target");
});

test("the middle of several runs, and which value 99 of 100 do not exceed", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 2, 9])).toBe(3);
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(percentile(hundred, 0.99)).toBe(99);
  expect(percentile([7], 0.99)).toBe(7);
  expect(figureOf({ what: "x", unit: "s", runs: [3, 1, 2] })).toMatchObject({ figure: 2, range: [1, 3] });
  expect(() => figureOf({ what: "x", unit: "s", runs: [] })).toThrow("x: nothing was measured");
});

const FIGURES = [
  figure({ target: { atMost: 12 }, range: [4, 6] }),
  figure({ row: "memory", what: "memory", figure: 213.4567, unit: "MB", target: { atMost: 200 } }),
  { row: "drafts", ...unmeasured("mmark", "ms", "it is not installed here") },
];

test("one line a figure, which Markdown takes as a table", () => {
  expect(tableOf(FIGURES)).toMatchInlineSnapshot(`
    "| row    | what                             | figure       | lowest to highest | target         |              |
    | ------ | -------------------------------- | ------------ | ----------------- | -------------- | ------------ |
    | sweep  | requests                         | 5            | 4 to 6            | at most 12     | met          |
    | memory | memory                           | 213 MB       |                   | at most 200 MB | missed       |
    | drafts | mmark (it is not installed here) | not measured |                   |                | not measured |"
  `);
});

test("as JSON, on one line, with the verdicts", () => {
  const machine = { node: "24.0.0", cores: 2, processor: "a processor", load: [0.1, 1.5] } as const;
  const text = jsonOf(FIGURES, machine);
  expect(text).not.toContain("\n");
  const { rows, ...rest } = JSON.parse(text);
  expect(rest).toEqual({ machine });
  expect(
    rows.map(({ row, figure: value, verdict }: Record<string, unknown>) => [row, value, verdict]),
  ).toEqual([
    ["sweep", 5, "met"],
    ["memory", 213.4567, "missed"],
    ["drafts", null, "not measured"],
  ]);
});

const run = (...args: string[]) =>
  promisify(execFile)(process.execPath, ["--disable-warning=ExperimentalWarning", "bench/main.ts", ...args]);

test("the command prints the table, and JSON last where it is asked for", { timeout: 20_000 }, async () => {
  const { stdout } = await run("--only", "decide", "--json");
  const lines = stdout.trim().split("\n");
  expect(lines[0]).toMatch(/^\| row +\| what/);
  const shape = z.object({
    machine: z.object({ node: z.string(), cores: z.number() }),
    rows: z.array(z.object({ row: z.literal("decide"), figure: z.number(), verdict: z.string() })).length(1),
  });
  expect(shape.safeParse(JSON.parse(lines.at(-1) ?? "")).error).toBeUndefined();
});

test("the command says which rows there are to somebody who asks for another", {
  timeout: 20_000,
}, async () => {
  await expect(run("--only", "nothing")).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("There is no row nothing. There are deliveries, burst, ballot,"),
  });
});
