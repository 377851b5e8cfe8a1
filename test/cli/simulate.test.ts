import { execFile } from "node:child_process";
import { expect, test } from "vitest";

type Ended = { readonly code: number; readonly out: string; readonly err: string };

function simulate(...args: readonly string[]): Promise<Ended> {
  const command = ["--disable-warning=ExperimentalWarning", "src/cli/simulate.ts", ...args];
  return new Promise((resolve) =>
    execFile(process.execPath, command, (error, out, err) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out, err }),
    ),
  );
}

const TIMEOUT = { timeout: 60_000 };

test("the last line is what came of it, as JSON", TIMEOUT, async () => {
  const { code, out, err } = await simulate("--years", "2", "--seed", "3", "--proposals", "5", "--json");
  const result: unknown = JSON.parse(out.trimEnd().split("\n").at(-1) ?? "");
  expect(result).toEqual({
    years: 2,
    proposals: 10,
    faults: expect.any(Object),
    violations: 0,
    seconds: expect.any(Number),
  });
  expect({ code, err }).toEqual({ code: 0, err: "" });
});

test("without --json it is a sentence", TIMEOUT, async () => {
  const { out } = await simulate("--years", "1", "--proposals", "2");
  expect(out).toMatch(
    /^1 committee-years, 2 proposals, \d+ passes, \d+ kinds of fault: 0 violations, in [\d.]+ s\n$/,
  );
});

test("what it does not understand it says", TIMEOUT, async () => {
  const { code, err } = await simulate("--years", "many");
  expect(code).toBe(2);
  expect(err).toContain('--years takes a whole number from 1, not "many"');
  expect(err).toContain("npm run simulate --");
});
