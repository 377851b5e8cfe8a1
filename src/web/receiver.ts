/**
 * Where GitHub delivers to. What a delivery says is looked at only when it is known to be GitHub's, and it is answered
 * with a 2xx only when it is stored: GitHub lists everything else as failed, and it is fetched from that list.
 */
import type { IncomingMessage } from "node:http";
import type { Log } from "../reconcile/log.ts";
import { type Answer, sentence } from "./answer.ts";
import { type BodyLimits, createBodyReader, type NoBody } from "./body.ts";
import { isSigned } from "./signature.ts";

type Received = {
  /** The same when GitHub delivers it again. */
  readonly id: string;
  readonly event: string;
  readonly payload: unknown;
};

export type ReceiverOptions = {
  /** One, or two while it is being changed. */
  readonly secrets: readonly string[];
  /** Stores a delivery; `odd`: the event is not what GitHub documents. Throws where it could not be stored. */
  readonly store: (delivery: Received) => Promise<"stored" | "known" | "odd">;
  readonly log: Log;
  readonly limits?: BodyLimits;
};

const MIB = 1024 * 1024;

/** GitHub caps payloads at 25 MB (https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap). */
const LIMITS: BodyLimits = { each: 25 * MIB, together: 64 * MIB };

/** In seconds, for whoever delivers again; GitHub itself does not: what was turned away is found in its list. */
const RETRY = { "retry-after": "30" } as const;
const CLOSE = { connection: "close" } as const;

/** GitHub's are UUIDs and words such as `issue_comment`. */
const ID = /^[0-9A-Za-z-]{1,64}$/;
const EVENT = /^[a-z_]{1,64}$/;

/** Answers a POST to the webhook's address. */
export function createReceiver(options: ReceiverOptions): (request: IncomingMessage) => Promise<Answer> {
  const read = createBodyReader(options.limits ?? LIMITS);
  return async (request) => {
    const head = headOf(request);
    if ("status" in head) return head;
    const { bytes, release } = await read(request);
    try {
      if (typeof bytes === "string") return unread(bytes);
      if (!isSigned(bytes, head.signature, options.secrets))
        return sentence(401, "The signature does not fit the body and the webhook secret.");
      return await taken(options, head, bytes);
    } finally {
      release();
    }
  };
}

type Head = { readonly id: string; readonly event: string; readonly signature: string };

/** What can be refused before anything of the body is read. */
function headOf({ headers }: IncomingMessage): Head | Answer {
  const [type] = (headers["content-type"] ?? "").split(";");
  if (type?.trim().toLowerCase() !== "application/json")
    return sentence(415, "Webhooks are received as application/json.", CLOSE);
  const id = only(headers["x-github-delivery"]);
  const event = only(headers["x-github-event"]);
  if (!ID.test(id) || !EVENT.test(event))
    return sentence(400, "X-GitHub-Delivery and X-GitHub-Event must name the delivery and its event.", CLOSE);
  const signature = only(headers["x-hub-signature-256"]);
  if (signature === "")
    return sentence(401, "The delivery is not signed: X-Hub-Signature-256 is missing.", CLOSE);
  return { id, event, signature };
}

function only(header: string | readonly string[] | undefined): string {
  return typeof header === "string" ? header : "";
}

function unread(why: NoBody): Answer {
  switch (why) {
    case "too large":
      return sentence(413, "The body is larger than 25 MB.", CLOSE);
    case "too many":
      return sentence(503, "Too much is being received at once.", { ...CLOSE, ...RETRY });
    case "cut off":
      return sentence(400, "The body broke off.", CLOSE);
  }
}

async function taken(
  { store, log }: ReceiverOptions,
  { id, event }: Head,
  bytes: Uint8Array,
): Promise<Answer> {
  const payload = parsed(bytes);
  if (payload === undefined) return sentence(400, "The body is not JSON.");
  try {
    const answer = await store({ id, event, payload });
    switch (answer) {
      case "stored":
        return sentence(200, "Stored.");
      case "known":
        return sentence(200, "Known already.");
      case "odd":
        return sentence(400, `This is not what GitHub documents for the event ${event}.`);
    }
  } catch (error) {
    log.error({ delivery: id, event, err: error }, "A delivery could not be stored; it was not acknowledged");
    return sentence(503, "The delivery could not be stored.", RETRY);
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true });

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes));
  } catch {
    return undefined;
  }
}
