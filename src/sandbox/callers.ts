/** Who is asking: the App (by JSON web token), its installation, a person, or nobody. */
import { createPublicKey } from "node:crypto";
import { type Answer, refusal } from "./answers.ts";
import type { SandboxClock } from "./clock.ts";
import { objectOrEmpty, text } from "./json.ts";
import { problemWithJwt, upstreamJwt } from "./jwt.ts";
import type { Account, People } from "./people.ts";
import type { AppIdentity } from "./seed.ts";
import type { Upstream } from "./upstream.ts";

export type Caller =
  | { readonly kind: "nobody" }
  | { readonly kind: "person"; readonly account: Account }
  | { readonly kind: "app" }
  | { readonly kind: "installation"; readonly token: InstallationToken };

type InstallationToken = {
  readonly value: string;
  /** Real time in Unix milliseconds: the App's process keeps real time, too. */
  readonly expires: number;
  /** What the token was asked for with. */
  readonly request: unknown;
  /** The token behind the front; replaced before the emulator's hourly limit bites. */
  readonly upstream: string;
  /** The installation that it was made for. */
  readonly installation: number;
};

export type Callers = {
  identify(authorization: string | undefined): Caller | Answer;
  /** What to authenticate with behind the front. */
  upstreamToken(caller: Caller): Promise<string | undefined>;
  /** Remembers a token that GitHub has just given out for an installation, and answers when it expires. */
  remember(value: string, request: unknown, installation: number): string;
};

const HOUR = 3_600_000;
/** The emulator allows 5,000 requests an hour and token. */
const USES_OF_A_TOKEN = 4_000;

export const TOKENS_PER_PERSON = 50;

/** Behind the front each person has several tokens, used one after the other. */
export function personToken(login: string, turn: number): string {
  return `${login}.${turn % TOKENS_PER_PERSON}`;
}

type CallersOptions = {
  readonly app: AppIdentity;
  readonly people: People;
  readonly clock: SandboxClock;
  readonly upstream: Upstream;
};

export function createCallers(options: CallersOptions): Callers {
  const { app, people } = options;
  const publicKey = createPublicKey(app.privateKey);
  const tokens = new Map<string, InstallationToken>();
  const bearer = (token: string): Caller | Answer => {
    if (token.split(".").length === 3 && token.startsWith("eyJ")) {
      const wrong = problemWithJwt(token, publicKey, app.appId);
      return wrong === null ? { kind: "app" } : refusal(401, wrong);
    }
    const installation = tokens.get(token);
    if (installation !== undefined && installation.expires > Date.now()) {
      return { kind: "installation", token: installation };
    }
    const account = people.byToken(token);
    return account === undefined ? refusal(401, "Bad credentials") : { kind: "person", account };
  };
  return {
    identify: (authorization) => {
      if (authorization === undefined) return { kind: "nobody" };
      const [scheme, token] = authorization.split(" ");
      const known = /^(?:bearer|token)$/i.test(scheme ?? "");
      return known && token !== undefined ? bearer(token) : refusal(401, "Bad credentials");
    },
    upstreamToken: upstreamTokens(options, tokens),
    remember: (value, request, installation) => {
      const expires = Date.now() + HOUR;
      tokens.set(value, { value, expires, request, upstream: value, installation });
      return new Date(expires).toISOString().replace(/\.\d{3}Z$/, "Z");
    },
  };
}

/** Gives out tokens for behind the front, each only as often as the emulator takes it. */
function upstreamTokens(
  { app, clock, upstream }: CallersOptions,
  tokens: Map<string, InstallationToken>,
): Callers["upstreamToken"] {
  const uses = new Map<string, number>();
  const use = (who: string) => {
    const count = uses.get(who) ?? 0;
    uses.set(who, count + 1);
    return count;
  };
  return async (caller) => {
    switch (caller.kind) {
      case "nobody":
        return undefined;
      case "app":
        return upstreamJwt(app, clock);
      case "person":
        return personToken(caller.account.seeded, Math.floor(use(caller.account.seeded) / USES_OF_A_TOKEN));
      case "installation": {
        const known = tokens.get(caller.token.value) ?? caller.token;
        if (use(known.upstream) < USES_OF_A_TOKEN) return known.upstream;
        const renewed = await mint(upstream, app, clock, known.request);
        tokens.set(known.value, { ...known, upstream: renewed });
        return renewed;
      }
    }
  };
}

/** An installation token straight from the emulator. Throws if it refuses. */
async function mint(
  upstream: Upstream,
  app: AppIdentity,
  clock: SandboxClock,
  request: unknown,
): Promise<string> {
  const answer = await upstream.request("POST", `/app/installations/${app.installationId}/access_tokens`, {
    token: upstreamJwt(app, clock),
    body: objectOrEmpty(request),
  });
  return text(objectOrEmpty(JSON.parse(answer.body.toString("utf8"))).token);
}
