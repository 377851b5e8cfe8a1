/** The loop as it runs in production: the store, GitHub's adapter, the worker and the sweep, wired together. */
import { createInbox, type Inbox } from "./app.ts";
import type { IetfConfig } from "./config.ts";
import { createGitHub, type GitHub } from "./github/github.ts";
import type { Authenticate } from "./github/octokit.ts";
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
import { noteBeginning } from "./reconcile/intents.ts";
import type { Log } from "./reconcile/log.ts";
import { maintain } from "./reconcile/maintenance.ts";
import { makePass } from "./reconcile/pass.ts";
import { namingPasses } from "./reconcile/pass-context.ts";
import type { Clock, DirectoryPort, StorePort, Subject } from "./reconcile/ports.ts";
import { startRecovering } from "./reconcile/recover-deliveries.ts";
import { startSweeping } from "./reconcile/sweep.ts";
import { CHARTER_READ_NOTE, type Watch } from "./reconcile/watch.ts";
import { startWorker } from "./reconcile/worker.ts";
import { lookOut } from "./store/look-out.ts";
import { openStore, type StoreOptions } from "./store/open.ts";

export type LoopOptions = StoreOptions & {
  readonly appId: number;
  readonly authenticate: Authenticate;
  /** null: GitHub is asked for it. */
  readonly slug: string | null;
  readonly webUrl: string;
  /** The IETF's datatracker, without a slash at its end. */
  readonly datatrackerUrl: string;
  /** A file, or `:memory:`. */
  readonly storePath: string;
  readonly sweepMinutes: number;
  readonly ietf: IetfConfig;
  /** Keeps to GitHub's documented limits; a sandbox needs no such courtesy. */
  readonly paced: boolean;
  readonly clock: Clock;
  /** What dockets are sealed with. */
  readonly sealing: Sealing;
};

export type Loop = {
  readonly store: StorePort;
  /** Where deliveries go. */
  readonly inbox: Inbox;
  /** Looks at once for what is due: a clock was turned. */
  wake(): void;
  sweep(): Promise<void>;
  /** Fetches what GitHub delivered and was not stored. */
  recover(): Promise<void>;
  /** What is left to ask of GitHub, for `app` and each `installation <id>`. */
  readonly budgets: GitHub["budgets"];
  /** Settled when no sweep is under way, nothing runs and nothing is due. */
  idle(): Promise<void>;
  /** Begins nothing more, and waits for what runs; what still runs after 5 seconds is cut off, and due again. */
  stop(): Promise<void>;
};

/** Opening an issue from a form makes two events within this time. */
const GATHERING_MS = 300;

/** GitHub answers in this time, or something is wrong there. */
const FINISHING_MS = 5_000;

/** Starts it; throws, in words for an operator, if the store cannot be opened. */
export async function startLoop(options: LoopOptions, spoken: Log, watch: Watch): Promise<Loop> {
  const { appId, webUrl, clock, paced, authenticate } = options;
  const log = namingPasses(spoken);
  const stopping = new AbortController();
  const store = await openStore(options, log);
  await noteBeginning(store, clock.now());
  const { signal: stopped } = stopping;
  const { github, directory, checks, desk, deliveries, budgets, slug } = createGitHub({
    ...{ appId, authenticate, clock, log, webUrl, paced, watch, stopped },
    sealing: options.sealing,
    ...(store.amend === undefined ? {} : { amend: store.amend }),
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
        return watchCharter(
          { directory: watched(directory, { watch, store, clock }), store, clock },
          subject.repository,
          subject.commit,
        );
      case "maintenance":
        return maintain(upkeep, subject.repository);
      case "draft check":
        return checkDrafts({ checks, directory, check, store, clock }, subject.ref);
    }
  }
  const worker = startWorker({ store, clock, log, pass, watch });
  const others = options.databaseUrl === null ? null : lookOut(store, clock, worker.wake, log);
  const sweeping = startSweeping({ directory, store, clock, log }, options.sweepMinutes, worker.wake);
  const incoming = gather(worker.wake, GATHERING_MS);
  const ownLogin = createOwnLogin(options.slug, slug, log);
  const sweepSoon = () => void sweeping.now();
  const inbox = createInbox({ store, clock, ownLogin, wake: incoming.add, sweepSoon });
  const recovering = startRecovering({ deliveries, store, inbox, clock, log });
  return {
    store,
    inbox,
    budgets,
    wake: worker.wake,
    sweep: sweeping.now,
    recover: recovering.now,
    async idle() {
      await sweeping.idle();
      await recovering.idle();
      await worker.idle();
    },
    async stop() {
      incoming.stop();
      const late = setTimeout(() => stopping.abort(), FINISHING_MS);
      await Promise.all([sweeping.stop(), recovering.stop(), worker.stop(), others?.stop()]);
      clearTimeout(late);
    },
  };
}

/** The directory, with each reading of a charter in force told, here and to the other replicas. */
function watched(
  directory: DirectoryPort,
  { watch, store, clock }: { readonly watch: Watch; readonly store: StorePort; readonly clock: Clock },
): DirectoryPort {
  return {
    ...directory,
    async charter(repository, commit) {
      const fact = await directory.charter(repository, commit);
      if (commit !== null) return fact;
      watch.charterRead(repository, fact.status);
      if (fact.status === "valid" || fact.status === "invalid")
        await store.remember(CHARTER_READ_NOTE, clock.now());
      return fact;
    },
  };
}
