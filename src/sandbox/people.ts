/** Who has an account: people, other Apps' bots and our App's own. Renaming and deleting happens here. */
import { isObject, type JsonObject, number, text } from "./json.ts";
import type { Upstream } from "./upstream.ts";

export type Account = {
  readonly id: number;
  /** What the account was called when the sandbox started: its token, and its name behind the front. */
  readonly seeded: string;
  readonly login: string;
  readonly deleted: boolean;
  /** What stands where a deleted account stood: GitHub mostly shows its ghost, at times nobody. */
  readonly leaves: "ghost" | "nobody";
};

export type People = {
  all(): readonly Account[];
  /** By what it is called now, in any letter case. */
  byLogin(login: string): Account | undefined;
  byId(id: number): Account | undefined;
  /** A person's token is the login: the first one, or the present one. */
  byToken(token: string): Account | undefined;
  rename(login: string, to: string): void;
  remove(login: string, leaves: Account["leaves"]): void;
  /** A user as GitHub shows it now: renamed, `Bot`, the ghost of a deleted account, or nobody. */
  shown(user: JsonObject): JsonObject | null;
  /** The short form of an account that comments and reactions carry; null: the account is gone. */
  card(account: Account): JsonObject | null;
};

/** GitHub's stand-in for deleted accounts. */
const GHOST = { login: "ghost", id: 10_137 };

const CARD_KEYS = [
  ..."login id node_id avatar_url gravatar_id url html_url followers_url following_url gists_url".split(" "),
  ..."starred_url subscriptions_url organizations_url repos_url events_url received_events_url".split(" "),
  ..."type site_admin user_view_type".split(" "),
];

export function isBot(login: string): boolean {
  return login.endsWith("[bot]");
}

export async function readPeople(upstream: Upstream, logins: readonly string[]): Promise<People> {
  const users = await Promise.all(
    logins.map((login) => upstream.read(`/users/${encodeURIComponent(login)}`)),
  );
  const accounts = new Map<number, Account>();
  const cards = new Map<number, JsonObject>();
  for (const user of users) {
    if (user === null) throw new Error("An account of the sandbox is missing");
    const login = text(user.login);
    accounts.set(number(user.id), {
      id: number(user.id),
      seeded: login,
      login,
      deleted: false,
      leaves: "ghost",
    });
    cards.set(number(user.id), Object.fromEntries(CARD_KEYS.map((key) => [key, user[key]])));
  }
  return keepPeople(accounts, cards);
}

function keepPeople(accounts: Map<number, Account>, cards: ReadonlyMap<number, JsonObject>): People {
  const find = (wanted: (account: Account) => boolean) =>
    [...accounts.values()].find((account) => !account.deleted && wanted(account));
  const byLogin = (login: string) => find((account) => account.login.toLowerCase() === login.toLowerCase());
  const change = (login: string, changed: Partial<Account>) => {
    const account = byLogin(login);
    if (account === undefined) throw new Error(`Nobody in the sandbox is called ${login}`);
    accounts.set(account.id, { ...account, ...changed });
  };
  const shown = (user: JsonObject) => showUser(user, accounts);
  return {
    all: () => [...accounts.values()],
    byLogin,
    byId: (id) => accounts.get(id),
    byToken: (token) => find((account) => account.seeded === token) ?? byLogin(token),
    rename: (login, to) => {
      if (byLogin(to) !== undefined) throw new Error(`The name ${to} is taken`);
      change(login, { login: to });
    },
    remove: (login, leaves) => change(login, { deleted: true, leaves }),
    shown,
    card: (account) => {
      const card = cards.get(account.id);
      return accounts.get(account.id)?.deleted === true || card === undefined ? null : shown(card);
    },
  };
}

/** Is this JSON an account (and not an organization)? */
export function isUser(value: unknown): value is JsonObject {
  return (
    isObject(value) &&
    typeof value.login === "string" &&
    typeof value.id === "number" &&
    (value.type === "User" || value.type === "Bot")
  );
}

function showUser(user: JsonObject, accounts: ReadonlyMap<number, Account>): JsonObject | null {
  const account = accounts.get(number(user.id));
  if (account === undefined || account.seeded !== user.login) return user;
  if (account.deleted && account.leaves === "nobody") return null;
  if (account.deleted) return renamed({ ...user, ...GHOST, type: "User" }, account.seeded, GHOST.login);
  const type = isBot(account.login) ? "Bot" : "User";
  return renamed({ ...user, login: account.login, type }, account.seeded, account.login);
}

function renamed(user: JsonObject, from: string, to: string): JsonObject {
  if (from === to) return user;
  const entries = Object.entries(user).map(([key, value]) => [
    key,
    typeof value === "string" && key.endsWith("url") ? value.replace(`/${from}`, `/${to}`) : value,
  ]);
  return Object.fromEntries(entries);
}
