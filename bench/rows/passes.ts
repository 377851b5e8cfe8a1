/**
 * Whole lives of proposals through the whole loop: deliveries, the store on disk, the worker, the passes, and a GitHub that
 * is a model in this process. What is left out is HTTP, and what is waited for there.
 */
import { join } from "node:path";
import { noteBeginning } from "../../src/reconcile/intents.ts";
import { makePass } from "../../src/reconcile/pass.ts";
import { plainPress } from "../../src/reconcile/plain-press.ts";
import type { StorePort } from "../../src/reconcile/ports.ts";
import { subjectKey } from "../../src/reconcile/subjects.ts";
import { UNWATCHED } from "../../src/reconcile/watch.ts";
import { startWorker, type Worker } from "../../src/reconcile/worker.ts";
import { openSqliteStore } from "../../src/store/sqlite.ts";
import { body, type Committee, convene, vote } from "../../test/support/committee.ts";
import { createModelDatatracker } from "../../test/support/model-datatracker.ts";
import { inFolder } from "../app.ts";
import { figureOf, type Result } from "../figures.ts";
import { manyModels } from "../many-models.ts";
import type { Sizes } from "../sizes.ts";

const SILENT = { debug: nothing, info: nothing, warn: nothing, error: nothing };

type Stage = {
  readonly committees: readonly Committee[];
  readonly store: StorePort;
  readonly worker: Worker;
  deliveries: number;
};

export async function passes({ lives, lifeRounds }: Sizes): Promise<readonly Result[]> {
  const rates: number[] = [];
  for (let round = 0; round < lifeRounds; round++)
    rates.push(await inFolder((folder) => oneRound(folder, lives)));
  const what = `passes through the whole loop, ${lives} lives of proposals at once`;
  return [figureOf({ what, unit: "/s", runs: rates, target: { atLeast: 300 } })];
}

/** Passes a second. */
async function oneRound(folder: string, lives: number): Promise<number> {
  const committees = Array.from({ length: lives }, (_, index) => convene({ number: index + 1 }));
  const { port: github, clock } = manyModels(committees);
  const store = openSqliteStore(join(folder, "store.sqlite"));
  await noteBeginning(store, clock.now());
  const proposalPass = makePass({
    ...{ github, clock, store, press: plainPress, log: SILENT },
    datatracker: createModelDatatracker(clock),
  });
  let count = 0;
  const pass: Parameters<typeof startWorker>[0]["pass"] = async (subject) => {
    if (subject.kind !== "proposal") throw new Error(`Nobody asked for ${subject.kind}`);
    return proposalPass(subject.ref);
  };
  const watch = { ...UNWATCHED, passEnded: () => void count++ };
  const worker = startWorker({ store, clock, log: SILENT, pass, watch });
  try {
    const began = performance.now();
    await live({ committees, store, worker, deliveries: 0 });
    return count / ((performance.now() - began) / 1000);
  } finally {
    await worker.stop();
    await store.close();
  }
}

async function live(stage: Stage): Promise<void> {
  await hear(stage, (each) => each.open("pia", "Sighting format", body()));
  await turn(stage, 86_400);
  await hear(stage, (each) => each.comment("ben", "/accept"));
  await turn(stage, 31 * 86_400);
  for (const each of stage.committees) vote(each, { for: 6, against: 2, abstain: 1 });
  for (let look = 0; look < 10; look++) await turn(stage, 3_600);
  await turn(stage, 15 * 86_400);
  await turn(stage, 11 * 60);
  await hear(stage, (each) => each.merge());
  const unfinished = stage.committees.filter((each) => each.stage() !== "published");
  if (unfinished.length > 0) throw new Error(`${unfinished.length} proposals were not published`);
}

/** Somebody does something to each proposal, and GitHub tells of it. */
async function hear(stage: Stage, deed: (committee: Committee) => void): Promise<void> {
  const receivedAt = stage.committees[0]?.clock.now();
  if (receivedAt === undefined) return;
  for (const each of stage.committees) deed(each);
  const told = stage.committees.map(({ ref }) => {
    const subjects = [subjectKey({ kind: "proposal", ref })];
    return stage.store.receive({
      id: `delivery-${stage.deliveries++}`,
      event: "issues",
      receivedAt,
      subjects,
    });
  });
  await Promise.all(told);
  await stage.worker.idle();
}

/** Time passes, and what is due is done. */
async function turn({ committees, worker }: Stage, seconds: number): Promise<void> {
  for (const each of committees) each.forward(0, seconds);
  await worker.idle();
}

function nothing(): void {}
