/** Webhook bodies are read here, with a limit, before anything else touches them: Probot's own receiver has none. */
import type { IncomingMessage } from "node:http";
import type { Probot } from "probot";

/** GitHub caps payloads at 25 MB (https://docs.github.com/webhooks/webhook-events-and-payloads#payload-cap). */
const LARGEST_BODY = 25 * 1024 * 1024;

type Middleware = Awaited<ReturnType<Probot["getNodeMiddleware"]>>;

/** Wraps the webhook middleware: what is posted is handed over whole, or answered with 413. */
export function withBodyLimit(inner: Middleware, limit = LARGEST_BODY): Middleware {
  return async (request, response, next) => {
    if (request.method !== "POST") return inner(request, response, next);
    const body = await readBody(request, limit);
    if (body === "cut off") return true;
    if (body === "too large") {
      // The rest of the body is not waited for.
      response.writeHead(413, { "content-type": "text/plain", connection: "close" });
      response.end("The body is larger than 25 MB.\n", () => request.destroy());
      return true;
    }
    // This is how @octokit/webhooks takes a body that was read before it (its get-payload.ts).
    return inner(Object.assign(request, { body: {}, rawBody: body }), response, next);
  };
}

function readBody(request: IncomingMessage, limit: number): Promise<Uint8Array | "too large" | "cut off"> {
  if (Number(request.headers["content-length"] ?? 0) > limit) return Promise.resolve("too large");
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    request.on("data", (chunk: Uint8Array) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else {
        chunks.length = 0;
        request.pause();
        resolve("too large");
      }
    });
    request.on("end", () => resolve(Buffer.concat(chunks)));
    request.on("error", () => resolve("cut off"));
    request.on("close", () => resolve("cut off"));
  });
}
