/** Delivers webhooks to the App as GitHub does: signed, once, without trying again; or worse, when told so. */
import { randomUUID } from "node:crypto";
import { before, DAY, seconds } from "../proposal/instant.ts";
import type { SandboxClock } from "./clock.ts";
import { type Delivery, deliver, type Parcel, record } from "./delivery.ts";
import type { JsonObject } from "./json.ts";
import type { AppIdentity } from "./seed.ts";

/** `drop`: never arrives. `double`: arrives twice. `late`: after a while. `swap`: after the delivery behind it. */
type DeliveryFault = "drop" | "double" | "late" | "swap";

type DeliveryPlan = {
  readonly fault: DeliveryFault;
  readonly event?: string;
  readonly action?: string;
  readonly times?: number;
  /** How late, in real milliseconds (50). */
  readonly milliseconds?: number;
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

const REMEMBERED_DAYS = 3;

/** Deliveries kept for looking at; an old one is forgotten when a new one comes. */
const KEPT = 5_000;
const FIRST_ID = 70_000_001;

type DeliveriesOptions = {
  readonly app: AppIdentity;
  readonly clock: SandboxClock;
  readonly events: readonly string[];
};

export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const log: Delivery[] = [];
  const office = createPostOffice(options, log);
  return {
    log,
    next: (plan) => office.plans.push({ plan, left: plan.times ?? 1 }),
    setWebhookUrl: office.setUrl,
    send: (event, payload) => {
      if (options.events.includes(event)) {
        office.dispatch({ guid: randomUUID(), event, payload, redelivery: false });
      }
    },
    redeliver: (id) => {
      const found = log.find((delivery) => delivery.id === id);
      if (found === undefined) return false;
      office.post({ guid: found.guid, event: found.event, payload: found.payload, redelivery: true });
      return true;
    },
    remembered: () => {
      const since = before(options.clock.now(), seconds(REMEMBERED_DAYS * DAY));
      return log.filter((delivery) => delivery.deliveredAt >= since).toReversed();
    },
    idle: office.idle,
  };
}

type Plan = { readonly plan: DeliveryPlan; left: number };

/** Sends parcels one after the other: only a planned fault disturbs the order. */
function createPostOffice(options: DeliveriesOptions, log: Delivery[]) {
  const plans: Plan[] = [];
  const underway = new Set<Promise<void>>();
  let held: Parcel[] = [];
  let url: string | null = null;
  let line = Promise.resolve();
  let ids = FIRST_ID;
  const keep = (delivery: Delivery) => {
    log.push(delivery);
    if (log.length > KEPT) log.shift();
  };
  const track = (work: Promise<void>) => {
    const tracked = work.finally(() => underway.delete(tracked));
    underway.add(tracked);
  };
  const post = (parcel: Parcel) => {
    line = line.then(async () => {
      if (url !== null) keep(await deliver(parcel, url, options, ids++));
    });
    track(line);
  };
  const postLater = async (parcel: Parcel, milliseconds: number) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    post(parcel);
  };
  const play = (parcel: Parcel, plan: DeliveryPlan | undefined) => {
    switch (plan?.fault) {
      case undefined:
        return post(parcel);
      case "drop":
        return keep(record(parcel, options.clock.now(), ids++, 0, "failed to connect to host", 502));
      case "double":
        post(parcel);
        return post(parcel);
      case "late":
        return track(postLater(parcel, plan?.milliseconds ?? 50));
      case "swap":
        held = [parcel];
    }
  };
  return {
    plans,
    post,
    setUrl: (given: string | null) => {
      url = given;
    },
    dispatch: (parcel: Parcel) => {
      if (url === null) return;
      const waiting = held;
      held = [];
      play(parcel, takePlan(plans, parcel));
      for (const late of waiting) post(late);
    },
    idle: async () => {
      for (const parcel of held.splice(0)) post(parcel);
      while (underway.size > 0) await Promise.all(underway);
    },
  };
}

function takePlan(plans: readonly Plan[], parcel: Parcel): DeliveryPlan | undefined {
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
