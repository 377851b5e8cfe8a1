/** A GitHub in a box: stateful, on 127.0.0.1, with people, webhooks, a clock that can be turned, and planned mishaps. */
import http from "node:http";
import { appRoutes } from "./app-routes.ts";
import { createCallers, personToken, TOKENS_PER_PERSON } from "./callers.ts";
import { type ClockOptions, createClock, type SandboxClock } from "./clock.ts";
import { control } from "./control.ts";
import { createDeliveries, type DeliveryControl } from "./deliveries.ts";
import { dress } from "./dress.ts";
import { createEstate, type Estate, repositoryRoutes } from "./estate.ts";
import { createEdits, type Edits } from "./events.ts";
import { createFaults, type Faults } from "./faults.ts";
import { serveFront } from "./front.ts";
import { gitRoutes } from "./git-routes.ts";
import { type SandboxIetf, startIetf } from "./ietf.ts";
import { createInstallations } from "./installation.ts";
import { issueRoutes } from "./issue-routes.ts";
import { labelRoutes } from "./label-routes.ts";
import { readPeople } from "./people.ts";
import { actAs, asking, type Person } from "./person.ts";
import { createPlaces } from "./places.ts";
import { pullRoutes } from "./pull-routes.ts";
import { createPullRequests } from "./pull-state.ts";
import { createReactions, reactionRoutes } from "./reactions.ts";
import { type Reading, reading } from "./reading.ts";
import { createRelay } from "./relay.ts";
import { createRequests, type Requests } from "./requests.ts";
import type { Route, Sandboxed } from "./routes.ts";
import {
  type AppIdentity,
  botOf,
  createAppIdentity,
  emulatorSeed,
  furnish,
  MISP_WORLD,
  ownerOf,
  type World,
} from "./seed.ts";
import { startUpstream, type Upstream } from "./upstream.ts";

export type SandboxOptions = {
  /** A free one unless given. */
  readonly port?: number;
  readonly clock?: ClockOptions;
  /** The text of `.github/committee.yml` in the committee's repository; without it there is none. */
  readonly committee?: string;
  /** What differs from the world of the MISP committee. */
  readonly world?: Partial<World>;
  /** May also be set once the App has started. */
  readonly webhookUrl?: string;
};

export type Sandbox = {
  /** The API's base address, also answering under `/api/v3`. */
  readonly url: string;
  readonly world: World;
  readonly app: AppIdentity & { readonly botId: number };
  readonly clock: SandboxClock;
  /** What the App asked of GitHub. */
  readonly requests: Requests;
  readonly faults: Faults;
  readonly deliveries: DeliveryControl;
  /** The base addresses of the IETF's services. */
  readonly bibliographyUrl: string;
  readonly datatrackerUrl: string;
  /** What the IETF's services were asked, and what is to go wrong there. */
  readonly ietf: Omit<SandboxIetf, "close">;
  /** Somebody at the keyboard. Throws if nobody is called that. */
  as(login: string): Person;
  /** What is really there. */
  readonly see: Reading;
  /** What owners do on GitHub's pages: rename, transfer, delete, suspend, uninstall. */
  readonly estate: Estate;
  idOf(login: string): number;
  rename(login: string, to: string): void;
  /** Deletes an account: its reactions become nobody's, its comments and issues the ghost's (or nobody's, too). */
  deleteAccount(login: string, leaves?: "ghost" | "nobody"): void;
  /** Changes who is in a team. */
  joinTeam(slug: string, login: string): Promise<void>;
  leaveTeam(slug: string, login: string): Promise<void>;
  setWebhookUrl(url: string | null): void;
  /** Resolves when every event so far was delivered and answered. */
  settled(): Promise<void>;
  close(): Promise<void>;
};

/** Starts a sandbox; well under a second. Close it, or the process stays. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const world = worldOf(options);
  const identity = createAppIdentity();
  let listener: http.RequestListener = (_request, response) => response.writeHead(503).end();
  const server = http.createServer((request, response) => listener(request, response));
  const url = await listen(server, options.port ?? 0);
  try {
    const built = await build(options, world, url, await identity, server);
    listener = built.listener;
    return built.sandbox;
  } catch (error) {
    await stopServer(server);
    throw error;
  }
}

async function build(
  options: SandboxOptions,
  world: World,
  url: string,
  app: AppIdentity,
  server: http.Server,
): Promise<{ listener: http.RequestListener; sandbox: Sandbox }> {
  const clock = createClock(options.clock);
  const deliveries = createDeliveries({ app, clock, events: world.events });
  const relay = createRelay();
  const upstream = await startUpstream({
    clock,
    baseUrl: url,
    seed: emulatorSeed(world, app),
    readers: Array.from({ length: TOKENS_PER_PERSON }, (_, turn) => personToken(ownerOf(world), turn)),
    onEvent: relay.take,
  });
  const ietf = await startIetf(clock);
  try {
    await furnish(upstream, world);
    const sandboxed = await assemble({ url, world, app, clock, upstream, deliveries });
    const [edits, faults, requests] = [createEdits(), createFaults(), createRequests()];
    const { people } = sandboxed;
    const listener = serveFront({
      sandboxed,
      routes: allRoutes(sandboxed, edits),
      faults,
      requests,
      control: (...given) => control({ clock, requests, world, people }, ...given),
    });
    await upstream.caughtUp();
    relay.start(sandboxed, edits);
    deliveries.setWebhookUrl(options.webhookUrl ?? null);
    const settled = () => relay.settled(sandboxed);
    return { listener, sandbox: handles({ sandboxed, faults, requests, server, settled, ietf }) };
  } catch (error) {
    await ietf.close();
    await upstream.close();
    throw error;
  }
}

function worldOf(options: SandboxOptions): World {
  const world = { ...MISP_WORLD, ...options.world };
  const { committee } = options;
  if (committee === undefined) return world;
  const [own, ...others] = world.repositories;
  if (own === undefined) throw new Error("A world needs a repository");
  return {
    ...world,
    repositories: [{ ...own, files: { ...own.files, ".github/committee.yml": committee } }, ...others],
  };
}

async function assemble(
  parts: Pick<Sandboxed, "url" | "world" | "app" | "clock" | "upstream" | "deliveries">,
): Promise<Sandboxed> {
  const { app, clock, upstream, world } = parts;
  const people = await readPeople(upstream, [...world.people, botOf(app)]);
  const reactions = createReactions();
  const pulls = createPullRequests(upstream);
  const wardrobe = { people, reactions, pulls, app, url: parts.url };
  const places = createPlaces(parts.url);
  const installations = createInstallations(app.installationId, world, clock);
  return {
    ...parts,
    places,
    installations,
    people,
    reactions,
    pulls,
    callers: createCallers({ app, people, clock, upstream }),
    dress: (value) => dress(value, wardrobe),
    outward: (value) => installations.shown(places.shown(value)),
  };
}

function allRoutes(sandboxed: Sandboxed, edits: Edits): readonly Route[] {
  return [
    ...reactionRoutes(sandboxed),
    ...labelRoutes(sandboxed),
    ...issueRoutes(sandboxed, edits),
    ...pullRoutes(sandboxed),
    ...gitRoutes(sandboxed),
    ...appRoutes(sandboxed),
    ...repositoryRoutes(sandboxed),
  ];
}

function handles(parts: {
  readonly sandboxed: Sandboxed;
  readonly faults: Faults;
  readonly requests: Requests;
  readonly server: http.Server;
  readonly settled: () => Promise<void>;
  readonly ietf: SandboxIetf;
}): Sandbox {
  const { sandboxed, faults, requests, server, settled, ietf } = parts;
  const { url, world, app, clock, people, upstream, deliveries } = sandboxed;
  const accountOf = (login: string) => {
    const account = people.byLogin(login);
    if (account === undefined) throw new Error(`Nobody in the sandbox is called ${login}`);
    return account;
  };
  const team = (method: string, slug: string, login: string) =>
    changeTeam(upstream, world, method, slug, accountOf(login).seeded);
  return {
    url,
    world,
    app: { ...app, botId: accountOf(botOf(app)).id },
    clock,
    requests,
    faults,
    deliveries,
    bibliographyUrl: ietf.bibliography.url,
    datatrackerUrl: ietf.datatracker.url,
    ietf,
    as: (login) => actAs(asking(url, accountOf(login).seeded), world.organization),
    see: reading(sandboxed),
    estate: createEstate(sandboxed),
    idOf: (login) => accountOf(login).id,
    rename: people.rename,
    deleteAccount: (login, leaves = "ghost") => people.remove(login, leaves),
    joinTeam: (slug, login) => team("PUT", slug, login),
    leaveTeam: (slug, login) => team("DELETE", slug, login),
    setWebhookUrl: deliveries.setWebhookUrl,
    settled,
    close: async () => {
      deliveries.setWebhookUrl(null);
      await stopServer(server);
      await ietf.close();
      await upstream.close();
    },
  };
}

async function changeTeam(
  upstream: Upstream,
  world: World,
  method: string,
  slug: string,
  login: string,
): Promise<void> {
  const path = `/orgs/${world.organization}/teams/${slug}/memberships/${encodeURIComponent(login)}`;
  const answer = await upstream.request(method, path, { token: personToken(ownerOf(world), 0), body: {} });
  if (answer.status >= 400) throw new Error(`${path}: ${answer.status}`);
}

function listen(server: http.Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") throw new Error("The sandbox has no port");
      resolve(`http://127.0.0.1:${address.port}`);
    });
  });
}

async function stopServer(server: http.Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
