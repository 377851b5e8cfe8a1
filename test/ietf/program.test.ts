import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import { runBounded } from "../../src/ietf/program.ts";

/** Starts a program that sleeps, says its number, and comes to the end that it is given without waiting for it. */
const ENDS_EARLY = `
import { runBounded } from ${JSON.stringify(new URL("../../src/ietf/program.ts", import.meta.url).href)};
import { readdirSync, readFileSync } from "node:fs";
void runBounded({
  program: "/bin/sh",
  args: ["-c", "echo $$ > number.part; mv number.part number; sleep 20"],
  folder: process.argv[1],
  env: { PATH: process.env.PATH },
  timeoutMs: 60_000,
  mostBytes: 1_000,
});
setInterval(() => {
  if (!readdirSync(process.argv[1]).includes("number")) return;
  process.stdout.write(readFileSync(process.argv[1] + "/number", "utf8"));
  if (process.argv[2] === "killed") process.kill(process.pid, "SIGKILL");
  process.exit(0);
}, 20);
`;

it.each(["ended", "killed"])(
  "a program does not outlive the process that runs it, when that is %s",
  { timeout: 20_000 },
  async (how) => {
    const folder = await mkdtemp(join(tmpdir(), "program-"));
    try {
      const args = [
        "--disable-warning=ExperimentalWarning",
        "--input-type=module",
        "-e",
        ENDS_EARLY,
        folder,
        how,
      ];
      const stdout = await new Promise<string>((resolve) =>
        execFile(process.execPath, args, (_, printed) => resolve(printed)),
      );
      const number = Number(stdout);
      expect(number).toBeGreaterThan(1);
      await vi.waitFor(() => expect(() => process.kill(number, 0)).toThrow("ESRCH"), 2_000);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);

it("what somebody names a file is no command", async () => {
  const folder = await mkdtemp(join(tmpdir(), "program-"));
  try {
    const hostile = '"; echo hello $(id) `id` & exit 3 #';
    const run = { folder, env: { PATH: process.env.PATH ?? "" }, timeoutMs: 10_000, mostBytes: 1_000 };
    expect(await runBounded({ ...run, program: "printf", args: ["%s", hostile] })).toEqual({
      end: "ended",
      code: 0,
      output: hostile,
    });
    expect(await runBounded({ ...run, program: hostile, args: [] })).toMatchObject({ end: "not there" });
  } finally {
    await rm(folder, { recursive: true });
  }
});
