/** Reads the body of a request with limits: who sent it is known only once it is whole. */
import type { IncomingMessage } from "node:http";
import { type BodyStock, createBodyStock } from "./body-stock.ts";

export type BodyLimits = {
  /** In bytes: one body. */
  readonly each: number;
  /** In bytes: all bodies that are held at once. */
  readonly together: number;
};

/** Why there is no body: it is larger than one may be, it had to give way to others, or its sender went away. */
export type NoBody = "too large" | "too many" | "cut off";

export type Body = {
  readonly bytes: Uint8Array | NoBody;
  /** To be called once nothing of the body is needed any more. */
  release(): void;
};

/** A reader that keeps to the limits, over all the bodies that it reads at the same time. */
export function createBodyReader(limits: BodyLimits): (request: IncomingMessage) => Promise<Body> {
  const stock = createBodyStock(limits.together);
  return (request) => readBody(request, limits.each, stock);
}

function readBody(request: IncomingMessage, limit: number, stock: BodyStock): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    const place = stock.open(() => stop("too many"));

    function settle(bytes: Body["bytes"]): void {
      request.off("data", take);
      resolve({ bytes, release: place.release });
    }

    function stop(why: NoBody): void {
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
