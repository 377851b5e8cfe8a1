/** Webhook bodies are read here, with limits, before anything else touches them: Probot's own receiver has none. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Probot } from "probot";
import { type BodyStock, createBodyStock } from "./body-stock.ts";

export type BodyLimits = {
  /** In bytes: one body. */
  readonly each: number;
  /** In bytes: all bodies that are held at once. Whether GitHub sent them is known only once they are whole. */
  readonly together: number;
};

const MIB = 1024 * 1024;

/** GitHub caps payloads at 25 MB (https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap). */
const LIMITS: BodyLimits = { each: 25 * MIB, together: 64 * MIB };

/** In seconds. GitHub does not deliver again by itself: the sweep finds what was turned away. */
const RETRY_AFTER = 30;

type Middleware = Awaited<ReturnType<Probot["getNodeMiddleware"]>>;
type Refusal = "too large" | "too many" | "cut off";

/** Wraps the webhook middleware: what is posted is handed over whole, or answered with 413 or 503. */
export function withBodyLimit(inner: Middleware, limits: BodyLimits = LIMITS): Middleware {
  const stock = createBodyStock(limits.together);
  return async (request, response, next) => {
    if (request.method !== "POST") return inner(request, response, next);
    const { body, release } = await readBody(request, limits.each, stock);
    try {
      if (typeof body === "string") return refuse(request, response, body);
      // This is how @octokit/webhooks takes a body that was read before it (its get-payload.ts).
      return await inner(Object.assign(request, { body: {}, rawBody: body }), response, next);
    } finally {
      release();
    }
  };
}

/** The rest of the body is not waited for. */
function refuse(request: IncomingMessage, response: ServerResponse, why: Refusal): true {
  const headers = { "content-type": "text/plain", connection: "close" };
  const hangUp = () => request.destroy();
  switch (why) {
    case "cut off":
      break;
    case "too large":
      response.writeHead(413, headers).end("The body is larger than 25 MB.\n", hangUp);
      break;
    case "too many":
      response
        .writeHead(503, { ...headers, "retry-after": String(RETRY_AFTER) })
        .end("Too much is being received at once.\n", hangUp);
      break;
  }
  return true;
}

type Read = { readonly body: Uint8Array | Refusal; readonly release: () => void };

function readBody(request: IncomingMessage, limit: number, stock: BodyStock): Promise<Read> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const place = stock.open(() => stop("too many"));

    function settle(body: Read["body"]): void {
      request.off("data", take);
      resolve({ body, release: place.release });
    }

    function stop(why: Refusal): void {
      chunks.length = 0;
      request.pause();
      settle(why);
    }

    function take(chunk: Uint8Array): void {
      size += chunk.length;
      if (size > limit) stop("too large");
      else {
        chunks.push(chunk);
        place.add(chunk.length);
      }
    }

    if (Number(request.headers["content-length"] ?? 0) > limit) return stop("too large");
    request.on("data", take);
    request.once("end", () => {
      place.whole();
      settle(Buffer.concat(chunks));
    });
    // Both may also come after the end, when nobody listens any more to what was settled.
    request.once("error", () => settle("cut off"));
    request.once("close", () => settle("cut off"));
  });
}
