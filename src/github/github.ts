/** GitHub behind the loop's ports: what the composition root makes one of. */
import type { Sealing } from "../proposal/seal.ts";
import type { ChecksPort } from "../reconcile/draft-check.ts";
import type { DeskPort } from "../reconcile/maintenance-ports.ts";
import type { DeliveriesPort, DirectoryPort, GitHubPort } from "../reconcile/ports.ts";
import { createActor } from "./act.ts";
import { createCharterReader } from "./charter.ts";
import { createChecks } from "./checks.ts";
import { type Client, type ClientOptions, createClient } from "./client.ts";
import { createDeliveries } from "./deliveries.ts";
import { createDesk } from "./desk.ts";
import { createDirectory } from "./directory.ts";
import { createDockets } from "./dockets.ts";
import { createLabels } from "./labels.ts";
import { nameNow } from "./name-now.ts";
import { observe } from "./observe.ts";
import { read } from "./read.ts";
import { createRosterReader } from "./roster.ts";
import { openWorkshop } from "./workshop.ts";

export type GitHubOptions = ClientOptions & {
  /** Where people see GitHub, for example `https://github.com`: links to specifications lead there. */
  readonly webUrl: string;
  readonly sealing: Sealing;
};

export type GitHub = {
  readonly github: GitHubPort;
  readonly directory: DirectoryPort;
  readonly checks: ChecksPort;
  readonly desk: DeskPort;
  readonly deliveries: DeliveriesPort;
  /** The App's name in addresses. */
  readonly slug: Client["slug"];
  /** What is left to ask, for `app` and each `installation <id>`. */
  readonly budgets: Client["budgets"];
};

export function createGitHub(options: GitHubOptions): GitHub {
  const client = createClient(options);
  const charters = createCharterReader(client);
  const rosters = createRosterReader(client);
  const dockets = createDockets(client, options.sealing);
  const labels = createLabels(client);
  const readers = { client, charters, rosters, webUrl: options.webUrl };
  return {
    github: {
      observe: (ref) => observe(client, ref),
      nameNow: async (repository) => nameNow(await client.of(repository), repository),
      read: (ref, want) => read(readers, ref, want),
      readDocket: dockets.read,
      readDocketText: dockets.readText,
      writeDocket: dockets.write,
      recoverDocket: dockets.recover,
      docketCommit: dockets.tip,
      act: createActor(client, labels),
      workshop: (ref, repository, purpose) => openWorkshop(client, ref, repository, purpose),
    },
    directory: createDirectory(client, charters, labels),
    checks: createChecks(client),
    desk: createDesk(client),
    deliveries: createDeliveries(client),
    slug: client.slug,
    budgets: client.budgets,
  };
}
