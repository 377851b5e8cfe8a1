/** `GET /metrics`, for Prometheus. Labels are few and bounded: no titles, no persons, no values of a request. */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { secondsBetween } from "../proposal/instant.ts";
import type { Clock, StorePort } from "../reconcile/ports.ts";
import type { Watch } from "../reconcile/watch.ts";
import type { Answer } from "./answer.ts";
import { inTime } from "./in-time.ts";

/** What is left to ask of GitHub, by identity: `app`, `installation 7`. */
type Budgets = ReadonlyMap<string, { readonly requests: number | null; readonly content: number }>;

export type Metrics = {
  readonly watch: Pick<Watch, "passEnded" | "asked">;
  /** A delivery was answered with this status. */
  delivered(status: number): void;
  page(): Promise<Answer>;
};

export type MetricsOptions = {
  readonly store: () => Pick<StorePort, "depth" | "nextDue" | "failures">;
  readonly budgets: () => Budgets;
  readonly clock: Clock;
};

/** In seconds: a pass that finds nothing to do takes some tenths, one that waits for GitHub half a minute. */
const BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
/** Failing subjects that are named one by one. */
const MOST_NAMED = 50;

export function createMetrics(options: MetricsOptions): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const passes = new Counter({
    name: "secretariat_passes_total",
    help: "Passes over proposals and charters that ended",
    labelNames: ["kind", "outcome"],
    registers,
  });
  const duration = new Histogram({
    name: "secretariat_pass_seconds",
    help: "How long passes took",
    labelNames: ["kind"],
    buckets: BUCKETS,
    registers,
  });
  const requests = new Counter({
    name: "secretariat_github_requests_total",
    help: "Requests to GitHub by route and status; 304 costs nothing, and none is no answer",
    labelNames: ["route", "status"],
    registers,
  });
  const deliveries = new Counter({
    name: "secretariat_deliveries_total",
    help: "Webhooks by the status that they were answered with",
    labelNames: ["status"],
    registers,
  });
  const refreshers = [
    storeGauges(registry, options),
    budgetGauges(registry, options),
    processGauges(registry),
  ];

  return {
    watch: {
      passEnded(kind, outcome, seconds) {
        passes.inc({ kind, outcome });
        duration.observe({ kind }, seconds);
      },
      asked: (route, status) => requests.inc({ route: template(route), status: status ?? "none" }),
    },
    delivered: (status) => deliveries.inc({ status }),
    async page() {
      for (const refresh of refreshers) await refresh();
      const body = await registry.metrics();
      return { status: 200, headers: { "content-type": registry.contentType }, body };
    },
  };
}

type Refresh = () => void | Promise<void>;

/** Gauges are read when somebody looks at them. */
function gaugeIn(registry: Registry, name: string, help: string, ...labelNames: string[]): Gauge {
  return new Gauge({ name, help, labelNames, registers: [registry] });
}

/** What the store says; where it does not answer, only that is told. */
function storeGauges(registry: Registry, { store, clock }: MetricsOptions): Refresh {
  const gauge = gaugeIn.bind(null, registry);
  const up = gauge("secretariat_store_up", "1: the store answers");
  const depth = gauge(
    "secretariat_queue_subjects",
    "Subjects that are due by now, or planned for later",
    "state",
  );
  const oldest = gauge("secretariat_queue_oldest_due_seconds", "How long the oldest that is due has waited");
  const failing = gauge(
    "secretariat_failing_subjects",
    "Subjects that are set aside since their last pass failed",
  );
  const failures = gauge("secretariat_subject_failures", "Failures in a row of what is set aside", "subject");

  return async () => {
    for (const each of [depth, oldest, failing, failures]) each.reset();
    const now = clock.now();
    const asked = Promise.all([store().depth(now), store().nextDue(), store().failures()]);
    const said = await inTime(asked);
    up.set(said === null ? 0 : 1);
    if (said === null) return;
    const [counts, due, setAside] = said;
    depth.set({ state: "due" }, counts.due);
    depth.set({ state: "planned" }, counts.planned);
    oldest.set(due === null ? 0 : Math.max(0, secondsBetween(due, now)));
    failing.set(setAside.length);
    for (const each of setAside.slice(0, MOST_NAMED)) failures.set({ subject: each.subject }, each.failures);
  };
}

function budgetGauges(registry: Registry, { budgets }: MetricsOptions): Refresh {
  const gauge = gaugeIn.bind(null, registry);
  const requests = gauge(
    "secretariat_github_requests_left",
    "Of the hour's requests, as GitHub told",
    "identity",
  );
  const content = gauge(
    "secretariat_github_content_left",
    "Of the hour's 500 requests that make content, by the App's own count",
    "identity",
  );
  return () => {
    for (const [identity, left] of budgets()) {
      if (left.requests !== null) requests.set({ identity }, left.requests);
      content.set({ identity }, left.content);
    }
  };
}

/** prom-client's own collection starts observers that nobody stops again. */
function processGauges(registry: Registry): Refresh {
  const gauge = gaugeIn.bind(null, registry);
  const resident = gauge("process_resident_memory_bytes", "Resident memory in bytes");
  const heap = gauge("nodejs_heap_size_used_bytes", "Used heap in bytes");
  const start = gauge("process_start_time_seconds", "When the process began, in seconds since 1970");
  start.set(performance.timeOrigin / 1000);
  return () => {
    resident.set(process.memoryUsage.rss());
    heap.set(process.memoryUsage().heapUsed);
  };
}

/** Paths of files stand in some routes as they are. */
function template(route: string): string {
  return route.replace(/\/contents\/.*$/, "/contents/{path}").replace(/\/git\/ref\/.*$/, "/git/ref/{ref}");
}
