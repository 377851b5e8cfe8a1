/** The loop as it runs in production: the store, GitHub's adapter, the worker and the sweep, wired together. */
import type { Probot } from "probot";
import type { AppPorts } from "./app.ts";
import type { IetfConfig } from "./config.ts";
import { createGitHub } from "./github/github.ts";
import { createBibliography } from "./ietf/bibliography.ts";
import { checkDraft } from "./ietf/check-draft.ts";
import { createDatatracker } from "./ietf/datatracker.ts";
import { createPress } from "./ietf/press.ts";
import { createRenderer } from "./ietf/render.ts";
import { createUpkeepPress } from "./ietf/upkeep-press.ts";
import { createOwnLogin } from "./own-login.ts";
import type { Sealing } from "./proposal/seal.ts";
import { watchCharter } from "./reconcile/charter-watch.ts";
import { checkDrafts, type DraftChecker } from "./reconcile/draft-check.ts";
import { gather } from "./reconcile/gather.ts";
import { maintain } from "./reconcile/maintenance.ts";
import { makePass } from "./reconcile/pass.ts";
import type { Clock, StorePort, Subject } from "./reconcile/ports.ts";
import { startSweeping } from "./reconcile/sweep.ts";
import { startWorker } from "./reconcile/worker.ts";
import { openSqliteStore } from "./store/sqlite.ts";

export type LoopOptions = {
  readonly appId: number;
  /** null: GitHub is asked for it. */
  readonly slug: string | null;
  readonly webUrl: string;
  /** The IETF's datatracker, without a slash at its end. */
  readonly datatrackerUrl: string;
  /** A file, or `:memory:`. */
  readonly storePath: string;
  readonly sweepMinutes: number;
  readonly ietf: IetfConfig;
  readonly clock: Clock;
  /** What dockets are sealed with. */
  readonly sealing: Sealing;
};

export type Loop = {
  readonly store: StorePort;
  /** What the Probot application needs. */
  readonly ports: AppPorts;
  /** Looks at once for what is due: a clock was turned. */
  wake(): void;
  sweep(): Promise<void>;
  /** Settled when no sweep is under way, nothing runs and nothing is due. */
  idle(): Promise<void>;
  /** Begins nothing more, and waits for what runs. */
  stop(): Promise<void>;
};

/** Opening an issue from a form makes two events within this time. */
const GATHERING_MS = 300;

export function startLoop(options: LoopOptions, probot: Probot): Loop {
  const { appId, webUrl, clock } = options;
  const { log } = probot;
  const store = openSqliteStore(options.storePath);
  const authenticate = (installation: number | null) => probot.auth(installation ?? undefined);
  const { github, directory, checks, desk } = createGitHub({
    appId,
    authenticate,
    clock,
    log,
    webUrl,
    sealing: options.sealing,
  });
  // References that were found once are kept in the store.
  const bibliography = createBibliography({ url: options.ietf.bibliographyUrl, cache: store, clock });
  const pressOptions = { bibliography, renderer: createRenderer({ program: options.ietf.xml2rfc }) };
  const press = createPress(pressOptions);
  const upkeep = { github, directory, desk, press: createUpkeepPress(pressOptions), store, clock, log };
  const check: DraftChecker = (content, about) => checkDraft(content, { ...about, bibliography });
  const datatracker = createDatatracker({ url: options.datatrackerUrl });
  const proposalPass = makePass({ github, datatracker, press, store, clock, log });

  async function pass(subject: Subject) {
    switch (subject.kind) {
      case "proposal":
        return proposalPass(subject.ref);
      case "charter":
        return watchCharter({ directory, store, clock }, subject.repository, subject.commit);
      case "maintenance":
        return maintain(upkeep, subject.repository);
      case "draft check":
        return checkDrafts({ checks, directory, check, store, clock }, subject.ref);
    }
  }
  const worker = startWorker({ store, clock, log, pass });
  const sweeping = startSweeping({ directory, store, clock, log }, options.sweepMinutes, worker.wake);
  const deliveries = gather(worker.wake, GATHERING_MS);
  const ownLogin = createOwnLogin(options.slug, () => slugOf(probot), log);
  const sweepSoon = () => void sweeping.now();
  return {
    store,
    ports: { store, clock, ownLogin, wake: deliveries.add, sweepSoon },
    wake: worker.wake,
    sweep: sweeping.now,
    async idle() {
      await sweeping.idle();
      await worker.idle();
    },
    async stop() {
      deliveries.stop();
      await Promise.all([sweeping.stop(), worker.stop()]);
    },
  };
}

/** The App's name in addresses, as GitHub knows it. */
async function slugOf(probot: Probot): Promise<string> {
  const { data } = await (await probot.auth()).request("GET /app");
  if (!data?.slug) throw new Error("GitHub named no App");
  return data.slug;
}
