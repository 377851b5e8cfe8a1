/**
 * Submitting a draft to the IETF, and asking what became of it (https://datatracker.ietf.org/api/submission). A draft is
 * posted once a call and never again by itself: whether to try again is the docket's to say.
 */
import { z } from "zod";
import type { DatatrackerState, Reading, Submission, SubmissionOutcome } from "../proposal/facts.ts";
import type { DatatrackerPort, DraftSubmission } from "../reconcile/ports.ts";
import { type BoundedAnswer, boundedFetch, boundedGet } from "./http.ts";

const DATATRACKER = "https://datatracker.ietf.org";

export type DatatrackerOptions = {
  /** Without a slash at its end. */
  readonly url?: string;
  /** The datatracker looks at the draft before it answers. */
  readonly timeoutMs?: number;
};

const LONGEST_ANSWER = 256 * 1024;
const MOST_MESSAGES = 20;
const LONGEST_MESSAGE = 1_000;

const submitted = z.object({
  id: z
    .union([z.string(), z.number()])
    .transform(String)
    .pipe(z.string().regex(/^[0-9]{1,12}$/)),
  name: z.string().regex(/^draft-[a-z0-9-]{1,200}$/),
  rev: z.string().regex(/^[0-9]{2}$/),
  status_url: z.string().max(500),
});

const refused = z.object({
  error: z.string(),
  messages: z.union([z.array(z.string()), z.string().transform((one) => [one])]).default([]),
});

/** The general interface to the datatracker's tables (its field `state` is an address that ends in the state's name). */
const listed = z.object({
  objects: z.array(z.object({ id: z.number().int().positive(), rev: z.string(), state: z.string() })),
});

const stated = z.object({ state: z.string() });

/** A datatracker; no method throws. */
export function createDatatracker(options: DatatrackerOptions = {}): DatatrackerPort {
  const url = options.url ?? DATATRACKER;
  const bounds = {
    timeoutMs: options.timeoutMs ?? 60_000,
    mostBytes: LONGEST_ANSWER,
    accept: "application/json",
  };
  return {
    async submit(draft) {
      const init = { method: "POST", body: formOf(draft), headers: { accept: bounds.accept } };
      // A redirect would turn the POST into a GET, or send the draft to somebody else.
      return outcomeOf(await boundedFetch(`${url}/api/submission`, { ...init, redirect: "error" }, bounds));
    },
    async find(name) {
      const [, bare = name, rev = ""] = /^(.*)-([0-9]{2})$/.exec(name) ?? [];
      const query = new URLSearchParams({ name: bare, rev, format: "json", limit: "100" });
      return foundIn(await boundedGet(`${url}/api/v1/submit/submission/?${query}`, bounds), rev, url);
    },
    async state({ id, statusUrl }) {
      return stateOf(await boundedGet(addressOf(url, id, statusUrl), bounds));
    },
  };
}

function formOf({ user, name, xml, replaces = [] }: DraftSubmission): FormData {
  const form = new FormData();
  form.set("user", user);
  form.set("xml", new Blob([xml], { type: "application/xml" }), `${name}.xml`);
  if (replaces.length > 0) form.set("replaces", replaces.join(","));
  return form;
}

function outcomeOf(given: BoundedAnswer): SubmissionOutcome {
  if ("failed" in given)
    return { outcome: "unknown", because: `The datatracker could not be asked: ${given.failed}.` };
  const answer = parsed(given.text);
  const success = given.status < 300 ? submitted.safeParse(answer) : null;
  if (success?.success) {
    const { id, name, rev, status_url } = success.data;
    return { outcome: "submitted", id, name, rev, statusUrl: status_url };
  }
  const refusal = given.status >= 400 ? refused.safeParse(answer) : null;
  if (refusal?.success) return refusalOf(refusal.data);
  // A gateway's error page, or a success that says nothing: the draft may have gone through.
  return {
    outcome: "unknown",
    because: `The datatracker answered ${given.status}, and not in the way that it documents.`,
  };
}

function foundIn(given: BoundedAnswer, rev: string, url: string): Reading<Submission | null> {
  if ("failed" in given)
    return { known: false, because: `The datatracker could not be asked: ${given.failed}.` };
  const answer = given.status === 200 ? listed.safeParse(parsed(given.text)) : null;
  if (!answer?.success)
    return { known: false, because: `The datatracker answered ${given.status} and listed nothing.` };
  const alive = answer.data.objects.filter((one) => one.rev === rev && !/\/cancel\/?$/.test(one.state));
  const newest = Math.max(...alive.map(({ id }) => id));
  if (alive.length === 0) return { known: true, value: null };
  return { known: true, value: { id: String(newest), statusUrl: statusAddress(url, String(newest)) } };
}

function refusalOf({ error, messages }: z.infer<typeof refused>): SubmissionOutcome {
  // Some messages hold a link as HTML, to a page for browsers.
  const all = messages
    .slice(0, MOST_MESSAGES)
    .map((message) => message.slice(0, LONGEST_MESSAGE).replaceAll(/<[^<>]{0,200}>/g, ""));
  const words = [error, ...all].join(" ");
  const known = /same name and revision/i.test(words);
  return {
    outcome: known ? "known already" : "refused",
    error: error.slice(0, LONGEST_MESSAGE),
    messages: all,
  };
}

/** The address that the datatracker gave, if it is the datatracker's; its documented place otherwise. */
function addressOf(url: string, id: string, statusUrl: string): string {
  const own = URL.canParse(statusUrl) && new URL(statusUrl).origin === new URL(url).origin;
  return own ? statusUrl : statusAddress(url, id);
}

function statusAddress(url: string, id: string): string {
  return `${url}/api/submission/${encodeURIComponent(id)}/status`;
}

function stateOf(given: BoundedAnswer): Reading<DatatrackerState> {
  if ("failed" in given)
    return { known: false, because: `The datatracker could not be asked: ${given.failed}.` };
  const answer = given.status === 200 ? stated.safeParse(parsed(given.text)) : null;
  if (!answer?.success)
    return { known: false, because: `The datatracker answered ${given.status} and named no state.` };
  switch (answer.data.state) {
    case "uploaded":
    case "validating":
      return { known: true, value: "validating" };
    case "auth":
    case "aut-appr":
    case "confirmed":
      return { known: true, value: "auth" };
    case "posted":
      return { known: true, value: "posted" };
    case "cancel":
      return { known: true, value: "cancel" };
    case "grp-appr":
    case "ad-appr":
    case "manual":
    case "waiting-for-draft":
      return { known: true, value: "approval" };
    default:
      return { known: false, because: "The datatracker named a state that is not known here." };
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
