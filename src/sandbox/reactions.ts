/** Reactions on issues and comments, which the emulator does not have. GitHub sends no webhook for them. */
import { REACTION_CONTENTS, type ReactionContent } from "../charter/charter.ts";
import type { Instant } from "../proposal/instant.ts";
import { type Answer, type Asked, answer, invalid, NOT_FOUND, NOTHING, page, refusal } from "./answers.ts";
import type { Caller } from "./callers.ts";
import { type JsonObject, objectOrEmpty } from "./json.ts";
import { type Account, isBot, type People } from "./people.ts";
import { type Route, route, type Sandboxed } from "./routes.ts";
import { botOf } from "./seed.ts";

type Reaction = {
  readonly id: number;
  readonly account: number;
  readonly content: ReactionContent;
  readonly createdAt: Instant;
};

export type Reactions = {
  of(subject: string): readonly Reaction[];
  /** The reaction, and whether it is new: a second one of the same kind by the same account is the first one. */
  add(
    subject: string,
    account: number,
    content: ReactionContent,
    at: Instant,
  ): { reaction: Reaction; isNew: boolean };
  remove(subject: string, id: number): void;
  /** GitHub's summary of how many there are of each. */
  rollup(subject: string, url: string): JsonObject;
};

export function createReactions(): Reactions {
  const bySubject = new Map<string, readonly Reaction[]>();
  let ids = 900_000;
  const of = (subject: string) => bySubject.get(subject) ?? [];
  return {
    of,
    add: (subject, account, content, createdAt) => {
      const old = of(subject).find((one) => one.account === account && one.content === content);
      if (old !== undefined) return { reaction: old, isNew: false };
      const reaction = { id: ++ids, account, content, createdAt };
      bySubject.set(subject, [...of(subject), reaction]);
      return { reaction, isNew: true };
    },
    remove: (subject, id) => {
      bySubject.set(
        subject,
        of(subject).filter((one) => one.id !== id),
      );
    },
    rollup: (subject, url) => {
      const counts = REACTION_CONTENTS.map((content) => [
        content,
        of(subject).filter((one) => one.content === content).length,
      ]);
      return { url, total_count: of(subject).length, ...Object.fromEntries(counts) };
    },
  };
}

/** What a reactions URL is about: its path without `/reactions`. */
export function subjectOf(url: string): string {
  const path = url.replace(/^https?:\/\/[^/]+/, "").replace(/\/reactions$/, "");
  return decodeURIComponent(path).toLowerCase();
}

export function reactionRoutes(sandboxed: Sandboxed): readonly Route[] {
  const subjects = ["/repos/:repo/issues/:number", "/repos/:repo/issues/comments/:id"];
  return subjects.flatMap((subject) => [
    route("GET", `${subject}/reactions`, (asked) => listReactions(sandboxed, asked)),
    route("POST", `${subject}/reactions`, (asked) => addReaction(sandboxed, asked)),
    route("DELETE", `${subject}/reactions/:reaction`, (asked) => removeReaction(sandboxed, asked)),
  ]);
}

async function listReactions(sandboxed: Sandboxed, asked: Asked): Promise<Answer> {
  const subjectPath = asked.path.replace(/\/reactions$/, "");
  if ((await sandboxed.upstream.read(subjectPath)) === null) return NOT_FOUND;
  const wanted = asked.query.get("content");
  const found = sandboxed.reactions
    .of(subjectOf(asked.path))
    .filter((reaction) => wanted === null || reaction.content === wanted);
  return page(
    found.map((reaction) => shownReaction(reaction, sandboxed.people)),
    asked,
    sandboxed.url,
  );
}

async function addReaction(sandboxed: Sandboxed, asked: Asked): Promise<Answer> {
  const account = accountOf(asked.caller, sandboxed);
  if (account === undefined) return refusal(401, "Requires authentication");
  if ((await sandboxed.upstream.read(asked.path.replace(/\/reactions$/, ""))) === null) return NOT_FOUND;
  const content = REACTION_CONTENTS.find((known) => known === objectOrEmpty(asked.body).content);
  if (content === undefined) return invalid({ resource: "Reaction", code: "invalid", field: "content" });
  const { reaction, isNew } = sandboxed.reactions.add(
    subjectOf(asked.path),
    account.id,
    content,
    sandboxed.clock.now(),
  );
  return answer(isNew ? 201 : 200, shownReaction(reaction, sandboxed.people));
}

async function removeReaction(sandboxed: Sandboxed, asked: Asked): Promise<Answer> {
  const account = accountOf(asked.caller, sandboxed);
  if (account === undefined) return refusal(401, "Requires authentication");
  const slash = asked.path.lastIndexOf("/");
  const subject = subjectOf(asked.path.slice(0, slash));
  const id = Number(asked.path.slice(slash + 1));
  const found = sandboxed.reactions.of(subject).find((reaction) => reaction.id === id);
  if (found === undefined) return NOT_FOUND;
  if (found.account !== account.id) return refusal(403, "Must have admin rights to Repository.");
  sandboxed.reactions.remove(subject, id);
  return NOTHING;
}

function shownReaction(reaction: Reaction, people: People): JsonObject {
  const account = people.byId(reaction.account);
  return {
    id: reaction.id,
    node_id: `REA_${reaction.id}`,
    user: account === undefined ? null : people.card(account),
    content: reaction.content,
    created_at: reaction.createdAt,
  };
}

/** The account in whose name the caller acts. */
export function accountOf(caller: Caller, sandboxed: Pick<Sandboxed, "people" | "app">): Account | undefined {
  switch (caller.kind) {
    case "person":
      return caller.account;
    case "installation":
      return sandboxed.people.byLogin(botOf(sandboxed.app));
    case "app":
    case "nobody":
      return undefined;
  }
}

/** Only our own bot is `App`; other bots belong to other Apps. */
export function appBehind(account: Account, app: Sandboxed["app"]): { id: number; slug: string } | null {
  if (!isBot(account.login)) return null;
  const slug = account.login.slice(0, -"[bot]".length);
  return slug === app.slug ? { id: app.appId, slug } : { id: 1_000_000 + account.id, slug };
}
