/** Processes of the bench's own: each does one thing, is asked over its channel, and is ended with the row that began it. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";

export type Helper = {
  /** Asks for one piece of work, one at a time. Throws what went wrong there, or when the process ends. */
  ask<T>(question: object, shape: z.ZodType<T>): Promise<T>;
  end(): Promise<void>;
};

const answer = z.union([z.object({ done: z.unknown() }), z.object({ failed: z.string() })]);

/** Starts a module of `children/`, with Node's flags; what it writes to its error output is shown. */
export function startHelper(
  module: string,
  args: readonly string[] = [],
  flags: readonly string[] = ["--disable-warning=ExperimentalWarning"],
): Helper {
  const path = fileURLToPath(new URL(`children/${module}`, import.meta.url));
  const child = fork(path, [...args], {
    execArgv: [...flags],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  return {
    async ask(question, shape) {
      const reply = replyOf(child, module);
      child.send(question);
      return shape.parse(await reply);
    },
    async end() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}

async function replyOf(child: ChildProcess, module: string): Promise<unknown> {
  const over = new AbortController();
  const { signal } = over;
  try {
    const [said] = await Promise.race([
      once(child, "message", { signal }),
      once(child, "exit", { signal }).then(([code]) => {
        throw new Error(`${module} ended (${code}) without an answer`);
      }),
    ]);
    const read = answer.parse(said);
    if ("failed" in read) throw new Error(`${module}: ${read.failed}`);
    return read.done;
  } finally {
    over.abort();
  }
}

/** In a child: answers each question; the process ends with its channel. */
export function answerQuestions(work: (question: unknown) => Promise<unknown>): void {
  process.on("message", (question) => {
    work(question).then(
      (done) => process.send?.({ done: done ?? null }),
      (error: unknown) => process.send?.({ failed: error instanceof Error ? error.message : String(error) }),
    );
  });
  process.on("disconnect", () => process.exit());
}
