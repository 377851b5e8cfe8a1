/** What the IETF's idnits finds in a draft as it would be submitted, offline, and on which line of its source. */
import { Worker } from "node:worker_threads";
import type { Instant } from "../proposal/instant.ts";
import type { NitsJob, RawNit } from "./nits-worker.ts";
import { inTurns } from "./turns.ts";

export type Nit = {
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

function inThread(job: NitsJob, timeoutMs: number): Promise<readonly RawNit[]> {
  const worker = new Worker(new URL("./nits-worker.ts", import.meta.url), {
    workerData: job,
    env: {},
    // What idnits prints is not the App's to say.
    stdout: true,
    stderr: true,
    execArgv: ["--disable-warning=ExperimentalWarning"],
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
  });
  return new Promise((resolve) => {
    const end = (nits: readonly RawNit[]) => {
      clearTimeout(deadline);
      resolve(nits);
      void worker.terminate();
    };
    const deadline = setTimeout(
      () => end([unfinished(`idnits did not finish within ${timeoutMs / 1000} seconds.`)]),
      timeoutMs,
    );
    worker.once("message", (nits: readonly RawNit[]) => end(nits));
    worker.once("error", () => end([unfinished("idnits failed on this draft.")]));
    worker.once("exit", () => end([unfinished("idnits ended without a result.")]));
  });
}

/** A draft that idnits could not finish is not a draft without nits. */
function unfinished(message: string): RawNit {
  const nowhere = { reference: null, path: null, anchor: null, element: null };
  return { severity: "error", code: "IDNITS_NOT_FINISHED", message, ...nowhere };
}
