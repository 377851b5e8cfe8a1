/** Delivers webhooks to the App as GitHub does: signed, once, without trying again; or worse, when told so. */
import { createHmac, randomUUID } from "node:crypto";
import { before, DAY, type Instant, seconds } from "../proposal/instant.ts";
import type { SandboxClock } from "./clock.ts";
import { isObject, type JsonObject } from "./json.ts";
import type { AppIdentity } from "./seed.ts";

/** `drop`: never arrives. `double`: arrives twice. `late`: after a while. `swap`: after the delivery behind it. */
export type DeliveryFault = "drop" | "double" | "late" | "swap";

export type DeliveryPlan = {
  readonly fault: DeliveryFault;
  readonly event?: string;
  readonly action?: string;
  readonly times?: number;
  /** How late, in real milliseconds (50). */
  readonly milliseconds?: number;
};

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

/** What tests and the demonstration may do with deliveries. */
export type DeliveryControl = {
  /** The next fitting deliveries go wrong. */
  next(plan: DeliveryPlan): void;
  readonly log: readonly Delivery[];
};

export type Deliveries = DeliveryControl & {
  setWebhookUrl(url: string | null): void;
  /** Sends an event to the App, after those before it. */
  send(event: string, payload: JsonObject): void;
  /** Sends a delivery again under its old guid. `false`: there is no such delivery. */
  redeliver(id: number): boolean;
  /** What GitHub still remembers: three days. */
  remembered(): readonly Delivery[];
  /** Resolves when nothing is on its way. A swapped delivery that nothing followed is sent now. */
  idle(): Promise<void>;
};

type Parcel = {
  readonly guid: string;
  readonly event: string;
  readonly payload: JsonObject;
  readonly redelivery: boolean;
};

/** GitHub waits ten seconds for an answer. */
const PATIENCE = 10_000;
const REMEMBERED_DAYS = 3;

export function createDeliveries(options: {
  readonly app: AppIdentity;
  readonly clock: SandboxClock;
  readonly events: readonly string[];
}): Deliveries {
  const log: Delivery[] = [];
  const plans: { plan: DeliveryPlan; left: number }[] = [];
  const underway = new Set<Promise<void>>();
  let held: Parcel[] = [];
  let url: string | null = null;
  let line = Promise.resolve();

  /** One after the other: only a planned fault disturbs the order. */
  const post = (parcel: Parcel) => {
    const turn = line.then(async () => {
      if (url !== null) log.push(await deliver(parcel, url, options, log.length));
    });
    line = turn;
    track(underway, () => turn);
  };
  const lose = (parcel: Parcel) => {
    log.push(record(parcel, options.clock.now(), log.length, 0, "failed to connect to host", 502));
  };
  const dispatch = (parcel: Parcel) => {
    const plan = takePlan(plans, parcel);
    const waiting = held;
    held = [];
    switch (plan?.fault) {
      case undefined:
        post(parcel);
        break;
      case "drop":
        lose(parcel);
        break;
      case "double":
        post(parcel);
        post(parcel);
        break;
      case "late":
        track(underway, async () => {
          await new Promise((resolve) => setTimeout(resolve, plan?.milliseconds ?? 50));
          post(parcel);
        });
        break;
      case "swap":
        held = [parcel];
    }
    for (const late of waiting) post(late);
  };
  return {
    log,
    next: (plan) => plans.push({ plan, left: plan.times ?? 1 }),
    setWebhookUrl: (given) => {
      url = given;
    },
    send: (event, payload) => {
      if (url === null || !options.events.includes(event)) return;
      dispatch({ guid: randomUUID(), event, payload, redelivery: false });
    },
    redeliver: (id) => {
      const found = log.find((delivery) => delivery.id === id);
      if (found === undefined) return false;
      post({ guid: found.guid, event: found.event, payload: found.payload, redelivery: true });
      return true;
    },
    remembered: () => {
      const since = before(options.clock.now(), seconds(REMEMBERED_DAYS * DAY));
      return log.filter((delivery) => delivery.deliveredAt >= since).toReversed();
    },
    idle: async () => {
      for (const parcel of held.splice(0)) post(parcel);
      while (underway.size > 0) await Promise.all(underway);
    },
  };
}

function track(underway: Set<Promise<void>>, work: () => Promise<void>): void {
  const promise = work().finally(() => underway.delete(promise));
  underway.add(promise);
}

function takePlan(plans: { plan: DeliveryPlan; left: number }[], parcel: Parcel): DeliveryPlan | undefined {
  const found = plans.find(
    ({ plan, left }) =>
      left > 0 &&
      (plan.event === undefined || plan.event === parcel.event) &&
      (plan.action === undefined || plan.action === parcel.payload.action),
  );
  if (found === undefined) return undefined;
  found.left -= 1;
  return found.plan;
}

async function deliver(
  parcel: Parcel,
  url: string,
  { app, clock }: { readonly app: AppIdentity; readonly clock: SandboxClock },
  count: number,
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
    return record(parcel, deliveredAt, count, elapsed(), status, response.status);
  } catch (error) {
    const timedOut = error instanceof Error && error.name === "TimeoutError";
    const status = timedOut ? "timed out" : "failed to connect to host";
    return record(parcel, deliveredAt, count, elapsed(), status, timedOut ? 504 : 502);
  }
}

function record(
  parcel: Parcel,
  deliveredAt: Instant,
  count: number,
  duration: number,
  status: string,
  statusCode: number,
): Delivery {
  const { action } = parcel.payload;
  return {
    id: 70_000_001 + count,
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
