/** GitHub's own list of the deliveries to the App: https://docs.github.com/rest/apps/webhooks. It reaches back three days. */
import { z } from "zod";
import { instant } from "../proposal/instant.ts";
import type { DeliveriesPort, ListedDelivery } from "../reconcile/ports.ts";
import type { Client } from "./client.ts";
import { hasStatus, orNull } from "./failure.ts";
import { anything } from "./gate.ts";

const DELIVERIES = "/app/hook/deliveries";

const listed = z.object({
  id: z.number(),
  guid: z.string(),
  delivered_at: z.string(),
  redelivery: z.boolean(),
  status_code: z.number(),
});
const whole = z.object({ event: z.string(), request: z.object({ payload: z.unknown().optional() }) });

export function createDeliveries({ app }: Pick<Client, "app">): DeliveriesPort {
  return {
    async page(cursor) {
      const parameters = cursor === null ? {} : { cursor };
      const { items, next } = await app.page(`GET ${DELIVERIES}`, parameters, z.array(listed));
      const following = next?.cursor;
      return {
        deliveries: items.map(deliveryOf),
        next: typeof following === "string" ? following : null,
      };
    },
    async content(id) {
      // Asked for once: it is not worth a place among the answers that are kept.
      const parameters = { delivery_id: id };
      const found = await orNull(app.send(`GET ${DELIVERIES}/{delivery_id}`, parameters, whole));
      const payload = found?.request.payload;
      return found === null || payload === undefined || payload === null
        ? null
        : { event: found.event, payload };
    },
    async redeliver(id) {
      try {
        await app.send(`POST ${DELIVERIES}/{delivery_id}/attempts`, { delivery_id: id }, anything);
        return "asked";
      } catch (error) {
        if (hasStatus(error, 400, 404, 410, 422)) return "gone";
        throw error;
      }
    },
  };
}

function deliveryOf(given: z.infer<typeof listed>): ListedDelivery {
  return {
    id: given.id,
    guid: given.guid,
    deliveredAt: instant(given.delivered_at),
    isRedelivery: given.redelivery,
    arrived: given.status_code >= 200 && given.status_code < 300,
  };
}
