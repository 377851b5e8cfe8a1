/** Which address answers with what. Every answer has its headers from one place, and no error has a trace in it. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Log } from "../reconcile/log.ts";
import { type Answer, send, sentence } from "./answer.ts";

export type Place = {
  readonly method: "GET" | "POST";
  readonly answer: (request: IncomingMessage) => Answer | Promise<Answer>;
};

export type Site = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Answers requests from the places at these paths. */
export function createSite(places: ReadonlyMap<string, Place>, log: Log): Site {
  return async function serve(request, response) {
    const answer = await answerOf(places, request).catch((error: unknown) => {
      log.error(
        { err: error, method: request.method, path: pathOf(request) },
        "A request could not be answered",
      );
      return sentence(500, "Something went wrong here.");
    });
    if (!response.headersSent && !response.destroyed) send(request, response, answer);
  };
}

async function answerOf(places: ReadonlyMap<string, Place>, request: IncomingMessage): Promise<Answer> {
  const place = places.get(pathOf(request));
  if (place === undefined) return sentence(404, "There is nothing here.", { connection: "close" });
  const method = request.method === "HEAD" ? "GET" : request.method;
  if (method !== place.method)
    return sentence(405, `Only ${place.method} is answered here.`, {
      allow: place.method,
      connection: "close",
    });
  return place.answer(request);
}

function pathOf({ url = "/" }: IncomingMessage): string {
  return url.split("?")[0] ?? "/";
}
