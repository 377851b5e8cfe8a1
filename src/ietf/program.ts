/** A program of somebody else's, run under limits; it is ended with everything that it started. */
import { type ChildProcess, spawn } from "node:child_process";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";

export type Run = {
  readonly program: string;
  readonly args: readonly string[];
  /** Where it runs, and whose size counts against the limit. */
  readonly folder: string;
  /** Its whole environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Of what it prints, and of what lies in its folder. */
  readonly mostBytes: number;
};

export type Ran = {
  readonly end: "ended" | "not there" | "too long" | "too much";
  /** null: it was ended by a signal, or never began. */
  readonly code: number | null;
  /** The beginning of what it printed, to both of its outputs. */
  readonly output: string;
};

/** How much of the output is kept. */
const KEPT_BYTES = 64 * 1024;
const LOOK_EVERY_MS = 100;
const CLOSING_MS = 500;

/** What a shell ends with where there is no such program (https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html). */
const NOT_RUN: readonly (number | null)[] = [126, 127];

/** In bytes, as POSIX has it for `ulimit -f`. */
const BLOCK = 512;

/**
 * Limits that hold without us. No file grows much over the limit, however fast it is written; and the pipe at the
 * standard input ends when the App does, even by SIGKILL, and the whole group with it. The script is fixed: program and
 * arguments are never read as shell.
 */
const UNDER_LIMITS = `
ulimit -f "$1" && shift || exit 1
exec 3<&0
{ read -r _; kill -KILL 0; } <&3 >/dev/null 2>&1 &
exec "$@" </dev/null 3<&-
`;

/** Runs a program to its end, or to a limit. Throws only what the system itself fails with. */
export function runBounded(run: Run): Promise<Ran> {
  // One more than may be, so that too much can be told from just enough.
  const blocks = String(Math.floor(run.mostBytes / BLOCK) + 1);
  const child = spawn("/bin/sh", ["-c", UNDER_LIMITS, "sh", blocks, run.program, ...run.args], {
    cwd: run.folder,
    env: run.env,
    // A group of its own, so that what it starts can be ended with it.
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  return new Promise((resolve, reject) => {
    let end: Ran["end"] = "ended";
    const stop = (why: Ran["end"]) => {
      if (end === "ended") end = why;
      endGroup(child);
    };
    const output = collect(child, run.mostBytes, () => stop("too much"));
    const unwatch = watch(run, stop);
    child.once("error", (error) => {
      unwatch();
      reject(error);
    });
    afterExit(child, async (code) => {
      unwatch();
      if (end === "ended" && NOT_RUN.includes(code)) end = "not there";
      // A program that met the limit on files may have ended by itself before anybody looked.
      if (end === "ended" && (await isHeavier(run.folder, run.mostBytes))) end = "too much";
      resolve({ end, code, output: end === "not there" ? "" : output() });
    });
  });
}

/** Looks at the time and at the folder; the function returned ends that. */
function watch({ folder, timeoutMs, mostBytes }: Run, stop: (why: Ran["end"]) => void): () => void {
  const deadline = setTimeout(() => stop("too long"), timeoutMs);
  const scales = setInterval(() => {
    void isHeavier(folder, mostBytes).then((heavier) => heavier && stop("too much"));
  }, LOOK_EVERY_MS);
  return () => {
    clearTimeout(deadline);
    clearInterval(scales);
  };
}

function afterExit(child: ChildProcess, done: (code: number | null) => Promise<void>): void {
  child.once("exit", (code) => {
    endGroup(child);
    const finish = () => {
      child.stdout?.destroy();
      child.stderr?.destroy();
      void done(code);
    };
    // What is still in the pipes comes before "close"; one who left the group may hold them open for ever.
    const patience = setTimeout(finish, CLOSING_MS);
    child.once("close", () => {
      clearTimeout(patience);
      finish();
    });
  });
}

function collect(child: ChildProcess, mostBytes: number, tooMuch: () => void): () => string {
  const kept: Buffer[] = [];
  let size = 0;
  const take = (chunk: Buffer) => {
    if (size < KEPT_BYTES) kept.push(chunk.subarray(0, KEPT_BYTES - size));
    size += chunk.length;
    if (size > mostBytes) tooMuch();
  };
  child.stdout?.on("data", take);
  child.stderr?.on("data", take);
  return () => Buffer.concat(kept).toString("utf8");
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // Nobody of the group is left.
  }
}

async function isHeavier(folder: string, most: number): Promise<boolean> {
  let size = 0;
  // The program may add and remove files meanwhile.
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  for (const entry of entries) size += (await stat(join(folder, entry)).catch(() => null))?.size ?? 0;
  return size > most;
}
