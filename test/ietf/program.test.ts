import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it, vi } from "vitest";

/** Starts a program that sleeps, says its number, and ends without waiting for it. */
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
  process.exit(0);
}, 20);
`;

it("a program does not outlive the process that runs it", { timeout: 20_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "program-"));
  try {
    const args = ["--disable-warning=ExperimentalWarning", "--input-type=module", "-e", ENDS_EARLY, folder];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    const number = Number(stdout);
    expect(number).toBeGreaterThan(1);
    await vi.waitFor(() => expect(() => process.kill(number, 0)).toThrow("ESRCH"), 2_000);
  } finally {
    await rm(folder, { recursive: true });
  }
});
