/**
 * The thread in which idnits looks at drafts, one after the other. It has no network, tells the time it is told, and can be ended at any
 * moment: idnits is somebody else's program, with regular expressions that run on what people write.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { IdnitsContext, ValidationError } from "@ietf-tools/idnits";
import { type Anchored, anchorAt } from "./nit-anchor.ts";

export type NitsJob = {
  /** `draft-….xml` or `draft-….txt`; idnits tells the kinds apart by the end of the name. */
  readonly filename: string;
  readonly content: string;
  /** Unix milliseconds: whether a draft's date is old depends on it. */
  readonly now: number;
};

export type RawNit = Anchored & {
  readonly severity: "error" | "warning" | "comment";
  readonly code: string;
  readonly message: string;
  readonly reference: string | null;
  /** Where in the XML, as idnits says it: `rfc.middle.section[3].t`. */
  readonly path: string | null;
};

export type NitsWorkerData = {
  /** Unix milliseconds: what the time is while idnits is loaded, for one of its modules keeps that. */
  readonly now: number;
};

const realNow = Date.now.bind(Date);
let ahead = 0;
Date.now = () => realNow() + ahead;
tellTime((workerData as NitsWorkerData).now);
globalThis.fetch = () => Promise.reject(new Error("idnits is offline here"));

const idnits = await import("@ietf-tools/idnits");

parentPort?.on("message", async (job: NitsJob) => {
  tellTime(job.now);
  parentPort?.postMessage(await allNits(job));
});

function tellTime(now: number): void {
  ahead = now - realNow();
}

async function allNits({ filename, content }: NitsJob): Promise<readonly RawNit[]> {
  const context: IdnitsContext = {
    raw: new TextEncoder().encode(content),
    filename,
    options: {
      mode: idnits.MODES.SUBMISSION,
      offline: true,
      allowedDomains: idnits.ALLOWED_DOMAINS_DEFAULT,
    },
  };
  const found: RawNit[] = [];
  for (const group of idnits.getAllValidations(filename.endsWith(".xml") ? "xml" : "txt")) {
    if (group.condition !== undefined && !group.condition(context)) continue;
    for (const { title, task, isVoid } of group.tasks) {
      try {
        const result = await task(context);
        if (isVoid || !Array.isArray(result)) continue;
        found.push(
          ...result.flatMap((one) => (one instanceof idnits.ValidationError ? [nit(one, context)] : [])),
        );
      } catch (error) {
        found.push(failure(title, error, context));
        // Without the parsed draft there is nothing more to look at.
        if (group.key === "parse") return found;
      }
    }
  }
  return found;
}

function nit(one: ValidationError, context: IdnitsContext): RawNit {
  return {
    severity: severityOf(one),
    code: one.name,
    message: one.text === undefined ? one.message : `${one.message} (${one.text})`,
    reference: one.refUrl ?? null,
    path: one.path ?? null,
    ...anchorAt(context.doc?.data, one.path ?? null),
  };
}

function severityOf(one: ValidationError): RawNit["severity"] {
  if (one instanceof idnits.ValidationComment) return "comment";
  return one instanceof idnits.ValidationWarning ? "warning" : "error";
}

/** idnits throws what makes a draft unreadable; anything else is a fault of its own, and no other check is lost to it. */
function failure(title: string, error: unknown, context: IdnitsContext): RawNit {
  if (error instanceof idnits.ValidationError) return nit(error, context);
  return {
    severity: "warning",
    code: "CHECK_NOT_MADE",
    message: `idnits could not make its check "${title}".`,
    reference: null,
    path: null,
    anchor: null,
    element: null,
  };
}
