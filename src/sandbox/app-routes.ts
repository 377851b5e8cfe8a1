/** What an App asks about itself, and about people: tokens, installations, deliveries, teams, permissions. */
import { type Answer, type Asked, answer, NOT_ACCESSIBLE, NOT_FOUND, page, refusal } from "./answers.ts";
import { type Delivery, listedDelivery, webhookHeaders } from "./delivery.ts";
import { isObject, object, objectOrEmpty, text } from "./json.ts";
import { type Route, route, type Sandboxed } from "./routes.ts";

export function appRoutes(sandboxed: Sandboxed): readonly Route[] {
  return [
    route("POST", "/app/installations/:id/access_tokens", async (asked, _parts, next) => {
      const { id, permissions } = sandboxed.installations.now();
      const isWhole = permissions === sandboxed.world.permissions;
      const request = isWhole ? asked.body : { permissions, ...objectOrEmpty(asked.body) };
      const made = await next({ body: request });
      if (made.status !== 201) return made;
      const body = object(made.body);
      const expiresAt = sandboxed.callers.remember(text(body.token), request, id);
      return { ...made, body: { ...body, expires_at: expiresAt } };
    }),
    route("GET", "/installation/repositories", (asked) => installationRepositories(sandboxed, asked)),
    route("GET", "/app/hook/deliveries", async (asked) => {
      if (asked.caller.kind !== "app") return refusal(401, "A JSON web token could not be decoded");
      return listDeliveries(sandboxed, asked);
    }),
    route("GET", "/app/hook/deliveries/:id", async (asked, [id]) => {
      if (asked.caller.kind !== "app") return refusal(401, "A JSON web token could not be decoded");
      const found = sandboxed.deliveries.remembered().find((delivery) => String(delivery.id) === id);
      return found === undefined ? NOT_FOUND : answer(200, fullDelivery(sandboxed, found));
    }),
    route("POST", "/app/hook/deliveries/:id/attempts", async (asked, [id]) => {
      if (asked.caller.kind !== "app") return refusal(401, "A JSON web token could not be decoded");
      return sandboxed.deliveries.redeliver(Number(id)) ? answer(202, {}) : NOT_FOUND;
    }),
    ...["", "/members", "/members/:username", "/memberships/:username"].map((rest) =>
      route("GET", `/orgs/:org/teams/:slug${rest}`, async (asked, _parts, next) => {
        if (asked.caller.kind === "nobody") return refusal(401, "Requires authentication");
        const mayRead = sandboxed.installations.now().permissions.members !== undefined;
        return asked.caller.kind === "installation" && !mayRead ? NOT_ACCESSIBLE : next();
      }),
    ),
    route("GET", "/user/:id", async (_asked, [id], next) => {
      const account = sandboxed.people.byId(Number(id));
      if (account === undefined || account.deleted) return NOT_FOUND;
      return next({ path: `/users/${encodeURIComponent(account.login)}` });
    }),
    route("GET", "/repos/:repo/collaborators/:username/permission", async (_asked, [, login = ""]) =>
      permissionOf(sandboxed, login),
    ),
  ];
}

async function installationRepositories(sandboxed: Sandboxed, asked: Asked): Promise<Answer> {
  if (asked.caller.kind !== "installation") {
    return refusal(
      403,
      "You must authenticate with an installation access token in order to list repositories for an installation.",
    );
  }
  const { organization, repositories } = sandboxed.world;
  const given = repositories
    .map(({ name }) => `${organization}/${name}`)
    .filter((name) => sandboxed.installations.has(name));
  const found = await Promise.all(given.map((name) => sandboxed.upstream.read(`/repos/${name}`)));
  const paged = page(found, asked, sandboxed.url);
  const body = { total_count: found.length, repository_selection: "all", repositories: paged.body };
  return { ...paged, body: await sandboxed.dress(body) };
}

/** Newest first; pages are turned with a cursor. */
function listDeliveries(sandboxed: Sandboxed, asked: Asked): Answer {
  const size = Math.min(Number(asked.query.get("per_page") ?? 30), 100);
  const cursor = Number(asked.query.get("cursor") ?? Number.MAX_SAFE_INTEGER);
  const status = asked.query.get("status");
  const found = sandboxed.deliveries
    .remembered()
    .filter(({ id }) => id <= cursor)
    .filter(({ statusCode }) => status === null || (status === "success") === statusCode < 400);
  const following = found[size];
  const link = `<${sandboxed.url}/app/hook/deliveries?per_page=${size}&cursor=${following?.id}>; rel="next"`;
  const shown = found.slice(0, size);
  return answer(
    200,
    shown.map((delivery) => listedDelivery(delivery, sandboxed.installations.now().id)),
    following === undefined ? {} : { link },
  );
}

function fullDelivery({ app, installations }: Sandboxed, delivery: Delivery): unknown {
  const headers = webhookHeaders(delivery, JSON.stringify(delivery.payload), app);
  return {
    ...listedDelivery(delivery, installations.now().id),
    request: { headers, payload: delivery.payload },
    response: { headers: {}, payload: "" },
  };
}

/** The old four words for a role: maintaining counts as writing, triaging as reading. */
const PERMISSIONS = {
  admin: "admin",
  maintain: "write",
  write: "write",
  triage: "read",
  read: "read",
} as const;

async function permissionOf({ world, people }: Sandboxed, login: string): Promise<Answer> {
  const account = people.byLogin(login);
  const user = account === undefined ? null : people.card(account);
  if (account === undefined || !isObject(user)) return NOT_FOUND;
  const role = world.access[account.seeded] ?? "read";
  return answer(200, { permission: PERMISSIONS[role], role_name: role, user });
}
