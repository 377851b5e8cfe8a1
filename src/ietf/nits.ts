/** What the IETF's idnits finds in a draft as it would be submitted, offline, and on which line of its source. */
import { Worker } from "node:worker_threads";
import { type Instant, instant } from "../proposal/instant.ts";
import type { NitsJob, NitsWorkerData, RawNit } from "./nits-worker.ts";
import { inTurns } from "./turns.ts";

type Nit = {
  readonly severity: "error" | "warning" | "comment";
  /** As idnits calls it: `MISSING_ABSTRACT_SECTION`. */
  readonly code: string;
  /** idnits' own sentence; it may quote the draft. */
  readonly message: string;
  /** In `raw.md`, counted from 1; null: it is nowhere in particular. */
  readonly line: number | null;
  /** Where the IETF explains the rule. */
  readonly reference: string | null;
};

export type Nits = {
  readonly errors: number;
  readonly warnings: number;
  readonly list: readonly Nit[];
};

export type NitsOptions = {
  /** With its revision: `draft-who-slug-00`. */
  readonly name: string;
  readonly xml: string;
  /** As xml2rfc renders it, where it was rendered. */
  readonly text?: string;
  readonly now: Instant;
  /** Finds the line for a nit, if there is one. */
  readonly lineOf?: (nit: RawNit) => number | null;
  readonly timeoutMs?: number;
};

/**
 * What the rendered text shows and the XML does not. In all else the XML is what is submitted, and idnits has to guess at
 * the text: it takes a reference that is cited over a line's end for one that is not cited.
 */
const ONLY_IN_TEXT = new Set(["LINE_TOO_LONG", "IDNITS_NOT_FINISHED"]);

const MOST_NITS = 500;
const LONGEST_MESSAGE = 500;
/** In MiB; the largest of the committee's drafts needs 60. */
const MEMORY = 512;

/** Runs idnits in `submission` mode. Never throws; longer than the limit is an error in the list. */
export async function checkNits(options: NitsOptions): Promise<Nits> {
  const { name, xml, text, now, lineOf = () => null, timeoutMs = 30_000 } = options;
  const at = Date.parse(now);
  const [inXml, inText] = await Promise.all([
    runIdnits({ filename: `${name}.xml`, content: xml, now: at }, timeoutMs),
    text === undefined ? [] : runIdnits({ filename: `${name}.txt`, content: text, now: at }, timeoutMs),
  ]);
  const all = [...inXml, ...inText.filter(({ code }) => ONLY_IN_TEXT.has(code))].slice(0, MOST_NITS);
  return counted(all.map((raw) => placed(raw, lineOf)));
}

function placed(raw: RawNit, lineOf: (nit: RawNit) => number | null): Nit {
  const { severity, code, message, reference } = raw;
  return { severity, code, message: message.slice(0, LONGEST_MESSAGE), line: lineOf(raw), reference };
}

function counted(list: readonly Nit[]): Nits {
  const of = (severity: Nit["severity"]) => list.filter((nit) => nit.severity === severity).length;
  return { errors: of("error"), warnings: of("warning"), list };
}

/** Each thread may take the memory above. */
const turns = inTurns(2);

function runIdnits(job: NitsJob, timeoutMs: number): Promise<readonly RawNit[]> {
  return turns(() => inThread(job, timeoutMs));
}

/** To load idnits takes half a second: a thread that has done its work waits a little for the next. */
type Thread = {
  readonly worker: Worker;
  readonly day: string;
  /** Who waits for it; nobody between two drafts. */
  done: ((nits: readonly RawNit[], isFit: boolean) => void) | null;
};
const spares = new Set<Thread>();
const SPARE_MS = 5_000;

function inThread(job: NitsJob, timeoutMs: number): Promise<readonly RawNit[]> {
  const thread = threadFor(job.now);
  return new Promise((resolve) => {
    const late = `idnits did not finish within ${timeoutMs / 1000} seconds.`;
    const deadline = setTimeout(() => thread.done?.([unfinished(late)], false), timeoutMs);
    thread.done = (nits, isFit) => {
      thread.done = null;
      clearTimeout(deadline);
      if (isFit) keep(thread);
      else void thread.worker.terminate();
      resolve(nits);
    };
    thread.worker.postMessage(job);
  });
}

function threadFor(now: number): Thread {
  // idnits keeps the day on which it was loaded, for dates that say no day.
  const day = instant(now).slice(0, "2026-12-20".length);
  const spare = [...spares].find((thread) => thread.day === day);
  if (spare === undefined) return startThread(now, day);
  spares.delete(spare);
  spare.worker.ref();
  return spare;
}

function startThread(now: number, day: string): Thread {
  const worker = startWorker({ now });
  const thread: Thread = { worker, day, done: null };
  const fail = (message: string) => {
    spares.delete(thread);
    thread.done?.([unfinished(message)], false);
  };
  worker.on("message", (nits: readonly RawNit[]) => thread.done?.(nits, true));
  worker.on("error", () => fail("idnits failed on this draft."));
  worker.on("exit", () => fail("idnits ended without a result."));
  return thread;
}

function startWorker(workerData: NitsWorkerData): Worker {
  return new Worker(new URL("./nits-worker.ts", import.meta.url), {
    workerData,
    env: {},
    // What idnits prints is not the App's to say.
    stdout: true,
    stderr: true,
    execArgv: ["--disable-warning=ExperimentalWarning"],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
  });
}

function keep(thread: Thread): void {
  spares.add(thread);
  thread.worker.unref();
  const tooLate = () => {
    if (spares.delete(thread)) void thread.worker.terminate();
  };
  setTimeout(tooLate, SPARE_MS).unref();
}

/** A draft that idnits could not finish is not a draft without nits. */
function unfinished(message: string): RawNit {
  const nowhere = { reference: null, path: null, anchor: null, element: null };
  return { severity: "error", code: "IDNITS_NOT_FINISHED", message, ...nowhere };
}
