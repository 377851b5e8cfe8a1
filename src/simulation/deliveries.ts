/** Webhooks on their way to the App: lost, doubled, overtaken by later ones, late by days; and GitHub's list of them. */

import type { Inbox } from "../app.ts";
import { proposalLine } from "../messages/key.ts";
import type { DeliveriesPort, ListedDelivery } from "../reconcile/ports.ts";
import type { Agenda } from "./agenda.ts";
import type { Faults } from "./faults.ts";
import type { Line } from "./line.ts";
import type { Random } from "./random.ts";
import { DAYS, instantAt, MINUTES } from "./time.ts";
import { type Announcement, REPOSITORY, refOf, type World } from "./world.ts";

type Incoming = Parameters<Inbox>[0];

/** One attempt, as GitHub lists it. */
type Attempt = { readonly id: number; readonly at: number; readonly incoming: Incoming; arrived: boolean };

export type Post = {
  announce(announcement: Announcement): void;
  /** The attempts of the last days, oldest first. */
  readonly attempts: Attempt[];
};

/** For so long GitHub lists what it delivered. */
const LISTED = 3 * DAYS;

/** Sends what GitHub announces to whoever receives, by way of everything that can go wrong. `deliver` answers whether it was taken. */
export function createPost(
  world: World,
  agenda: Agenda,
  faults: Faults,
  random: Random,
  deliver: (incoming: Incoming) => Promise<boolean>,
): Post {
  const attempts: Attempt[] = [];
  let count = 0;

  function attempt(incoming: Incoming, isOnItsWay: boolean): void {
    const one: Attempt = { id: ++count, at: world.now, incoming, arrived: false };
    attempts.push(one);
    if (isOnItsWay)
      void deliver(incoming).then((taken) => {
        one.arrived = taken;
      });
  }

  return {
    attempts,
    announce(announcement) {
      while ((attempts[0]?.at ?? world.now) < world.now - LISTED) attempts.shift();
      const incoming = {
        id: `delivery-${++count}`,
        event: announcement.name,
        payload: payloadOf(announcement),
      };
      if (faults.isOn("no webhooks at all")) return;
      const isLost = faults.strikes("delivery lost");
      const send = (at: number) => agenda.plan(at, () => attempt(incoming, !isLost));
      if (faults.strikes("delivery late by days")) send(world.now + random.between(1, 4 * DAYS));
      else if (faults.strikes("delivery reordered")) send(world.now + random.between(5, 20 * MINUTES));
      else send(world.now + random.between(0, 2));
      if (faults.strikes("delivery doubled")) send(world.now + random.between(1, DAYS));
    },
  };
}

const PAGE = 100;

/** GitHub's list of deliveries, newest first. */
export function createDeliveriesPort(post: Post, line: Line): DeliveriesPort {
  const find = (id: number) => post.attempts.find((attempt) => attempt.id === id);
  return {
    async page(cursor) {
      const at = await line.read();
      const older = post.attempts.filter(
        (attempt) => attempt.at <= at && (cursor === null || attempt.id < Number(cursor)),
      );
      const page = older.slice(-PAGE).reverse();
      const next = older.length > PAGE ? String(page.at(-1)?.id) : null;
      return { deliveries: page.map(listed), next };
    },
    async content(id) {
      await line.read();
      const found = find(id);
      return found === undefined ? null : { event: found.incoming.event, payload: found.incoming.payload };
    },
    async redeliver() {
      await line.read();
      return "gone";
    },
  };
}

function listed({ id, at, incoming, arrived }: Attempt): ListedDelivery {
  return { id, guid: incoming.id, deliveredAt: instantAt(at), isRedelivery: false, arrived };
}

/** As much of GitHub's payloads as the application reads. */
function payloadOf({ name, sender, thread }: Announcement): object {
  const common = {
    sender: { login: sender },
    repository: { name: REPOSITORY.name, owner: { login: REPOSITORY.owner }, default_branch: "main" },
  };
  switch (name) {
    case "issues":
    case "issue_comment":
      return { ...common, issue: { number: thread?.number } };
    case "pull_request":
      return {
        ...common,
        action: "closed",
        pull_request: { number: 1, body: thread === null ? "" : proposalLine(refOf(thread)) },
      };
    case "push":
      return {
        ...common,
        ref: "refs/heads/main",
        after: "c".repeat(40),
        commits: [{ modified: [".github/committee.yml"] }],
      };
    case "installation":
      return common;
  }
}
