/** One webhook delivery: how it is signed and sent, and how GitHub lists it. */
import { createHmac } from "node:crypto";
import type { Instant } from "../proposal/instant.ts";
import type { SandboxClock } from "./clock.ts";
import { isObject, type JsonObject } from "./json.ts";
import type { AppIdentity } from "./seed.ts";

export type Delivery = {
  readonly id: number;
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly deliveredAt: Instant;
  readonly redelivery: boolean;
  readonly seconds: number;
  /** `OK`, or what went wrong. */
  readonly status: string;
  readonly statusCode: number;
  readonly payload: JsonObject;
};

export type Parcel = {
  readonly guid: string;
  readonly event: string;
  readonly payload: JsonObject;
  readonly redelivery: boolean;
};

/** GitHub waits ten seconds for an answer. */
const PATIENCE = 10_000;

/** Sends a parcel once and answers how that went. */
export async function deliver(
  parcel: Parcel,
  url: string,
  { app, clock }: { readonly app: AppIdentity; readonly clock: SandboxClock },
  id: number,
): Promise<Delivery> {
  const body = JSON.stringify(parcel.payload);
  const deliveredAt = clock.now();
  const started = performance.now();
  const elapsed = () => Math.round(performance.now() - started) / 1000;
  try {
    const response = await fetch(url, {
      method: "POST",
      body,
      headers: webhookHeaders(parcel, body, app),
      signal: AbortSignal.timeout(PATIENCE),
    });
    await response.arrayBuffer();
    const status = response.ok ? "OK" : response.statusText || "Invalid HTTP Response";
    return record(parcel, deliveredAt, id, elapsed(), status, response.status);
  } catch (error) {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    const status = timedOut ? "timed out" : "failed to connect to host";
    return record(parcel, deliveredAt, id, elapsed(), status, timedOut ? 504 : 502);
  }
}

/** The entry in the App's log of deliveries. */
export function record(
  parcel: Parcel,
  deliveredAt: Instant,
  id: number,
  duration: number,
  status: string,
  statusCode: number,
): Delivery {
  const { action } = parcel.payload;
  return {
    id,
    guid: parcel.guid,
    event: parcel.event,
    action: typeof action === "string" ? action : null,
    deliveredAt,
    redelivery: parcel.redelivery,
    seconds: duration,
    status,
    statusCode,
    payload: parcel.payload,
  };
}

/** https://docs.github.com/webhooks/webhook-events-and-payloads#delivery-headers */
export function webhookHeaders(
  parcel: Pick<Parcel, "guid" | "event">,
  body: string,
  app: Pick<AppIdentity, "appId" | "webhookSecret">,
): Record<string, string> {
  const digest = (algorithm: string) => createHmac(algorithm, app.webhookSecret).update(body).digest("hex");
  return {
    "content-type": "application/json",
    "user-agent": "GitHub-Hookshot/sandbox",
    "x-github-delivery": parcel.guid,
    "x-github-event": parcel.event,
    "x-github-hook-id": String(app.appId),
    "x-github-hook-installation-target-id": String(app.appId),
    "x-github-hook-installation-target-type": "integration",
    "x-hub-signature": `sha1=${digest("sha1")}`,
    "x-hub-signature-256": `sha256=${digest("sha256")}`,
  };
}

/** A delivery as `GET /app/hook/deliveries` lists it. */
export function listedDelivery(delivery: Delivery, installationId: number): JsonObject {
  const { repository } = delivery.payload;
  return {
    id: delivery.id,
    guid: delivery.guid,
    delivered_at: delivery.deliveredAt,
    redelivery: delivery.redelivery,
    duration: delivery.seconds,
    status: delivery.status,
    status_code: delivery.statusCode,
    event: delivery.event,
    action: delivery.action,
    installation_id: installationId,
    repository_id: isObject(repository) ? repository.id : null,
    throttled_at: null,
  };
}
