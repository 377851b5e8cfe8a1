/** GitHub behind the loop's ports: what the composition root makes one of. */
import type { DeliveriesPort, DirectoryPort, GitHubPort } from "../reconcile/ports.ts";
import { createActor } from "./act.ts";
import { createCharterReader } from "./charter.ts";
import { type Client, type ClientOptions, createClient } from "./client.ts";
import { createDeliveries } from "./deliveries.ts";
import { createDirectory } from "./directory.ts";
import { createDockets } from "./dockets.ts";
import { createLabels } from "./labels.ts";
import { observe } from "./observe.ts";
import { read } from "./read.ts";
import { createRosterReader } from "./roster.ts";

export type GitHubOptions = ClientOptions & {
  /** Where people see GitHub, for example `https://github.com`: links to specifications lead there. */
  readonly webUrl: string;
};

export type GitHub = {
  readonly github: GitHubPort;
  readonly directory: DirectoryPort;
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
  const dockets = createDockets(client);
  const labels = createLabels(client);
  const readers = { client, charters, rosters, webUrl: options.webUrl };
  return {
    github: {
      observe: (ref) => observe(client, ref),
      read: (ref, want) => read(readers, ref, want),
      readDocket: dockets.read,
      readDocketText: dockets.readText,
      writeDocket: dockets.write,
      act: createActor(client, labels),
    },
    directory: createDirectory(client, charters, labels),
    deliveries: createDeliveries(client),
    slug: client.slug,
    budgets: client.budgets,
  };
}
