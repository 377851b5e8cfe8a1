/** Pull requests, where the emulator is too kind to try an App on. */
import { allows } from "./access.ts";
import {
  ADMIN_ONLY,
  type Answer,
  type Asked,
  answer,
  type FieldError,
  invalid,
  NOT_FOUND,
  NOTHING,
  page,
  refusal,
} from "./answers.ts";
import { isObject, type JsonObject, list, object, objectOrEmpty, text } from "./json.ts";
import { merge } from "./merge.ts";
import { encodePath, withoutDetails } from "./pull-state.ts";
import { accountOf } from "./reactions.ts";
import { type Next, type Route, route, type Sandboxed } from "./routes.ts";

export function pullRoutes(sandboxed: Sandboxed): readonly Route[] {
  const one = "/repos/:repo/pulls/:number";
  return [
    route("GET", "/repos/:repo/pulls", (asked, _parts, next) => listPulls(asked, next)),
    route("POST", "/repos/:repo/pulls", (asked, [repo = ""], next) => open(sandboxed, asked, repo, next)),
    route("PATCH", one, (asked, _parts, next) => change(sandboxed, asked, next)),
    route("GET", `${one}/files`, (asked, [repo = ""]) => compared(sandboxed, asked, repo, "files")),
    route("GET", `${one}/commits`, (asked, [repo = ""]) => compared(sandboxed, asked, repo, "commits")),
    route("GET", `${one}/merge`, async (asked) => {
      const pull = await readPull(sandboxed, asked.path.replace(/\/merge$/, ""));
      return pull?.merged === true ? NOTHING : NOT_FOUND;
    }),
    route("PUT", `${one}/merge`, async (asked, [repo = ""]) => {
      const pull = await readPull(sandboxed, asked.path.replace(/\/merge$/, ""));
      if (pull === null) return NOT_FOUND;
      if (!allows(sandboxed.world, asked.caller, "write")) return ADMIN_ONLY;
      return merge(sandboxed, asked, repo, pull);
    }),
    route("DELETE", "/repos/:repo/git/refs/heads/*", async (asked, [repo = "", branch = ""], next) => {
      if (!allows(sandboxed.world, asked.caller, "write")) return NOT_FOUND;
      return deleteBranch(sandboxed, repo, branch, next);
    }),
  ];
}

async function readPull(sandboxed: Sandboxed, path: string): Promise<JsonObject | null> {
  const pull = await sandboxed.upstream.read(path);
  return pull === null ? null : object(await sandboxed.dress(pull));
}

/** Lists give less of each pull request, and heed `head` only as `owner:branch`. */
async function listPulls(asked: Asked, next: Next): Promise<Answer> {
  const query = new URLSearchParams(asked.query);
  if (query.get("head")?.includes(":") === false) query.delete("head");
  const found = await next({ query });
  return found.status === 200 ? { ...found, body: list(found.body).map(withoutDetails) } : found;
}

async function open(sandboxed: Sandboxed, asked: Asked, repo: string, next: Next): Promise<Answer> {
  if (!allows(sandboxed.world, asked.caller, "write")) return ADMIN_ONLY;
  const problem = await problemWithNew(sandboxed, objectOrEmpty(asked.body), repo);
  if (problem !== null) return invalid(problem);
  const opened = await next();
  if (opened.status === 201) sandboxed.pulls.opened(repo, Number(object(opened.body).number));
  return opened;
}

async function problemWithNew(
  { upstream }: Sandboxed,
  body: JsonObject,
  repo: string,
): Promise<FieldError | null> {
  const wrong = (field: string): FieldError => ({ resource: "PullRequest", field, code: "invalid" });
  const custom = (message: string): FieldError => ({ resource: "PullRequest", code: "custom", message });
  const [owner = ""] = repo.split("/");
  const head = typeof body.head === "string" ? body.head.replace(/^[^:]*:/, "") : "";
  const base = typeof body.base === "string" ? body.base : "";
  for (const [field, branch] of [
    ["head", head],
    ["base", base],
  ] as const) {
    if (
      branch === "" ||
      (await upstream.read(`/repos/${repo}/git/ref/heads/${encodePath(branch)}`)) === null
    ) {
      return wrong(field);
    }
  }
  const open = await upstream.readAll(`/repos/${repo}/pulls?state=open&base=${encodeURIComponent(base)}`);
  if (open.some((pull) => object(pull.head).ref === head)) {
    return custom(`A pull request already exists for ${owner}:${head}.`);
  }
  const compared = await upstream.read(`/repos/${repo}/compare/${encodePath(base)}...${encodePath(head)}`);
  if (compared === null) return custom(`The ${head} branch has no history in common with ${base}`);
  return compared.ahead_by === 0 ? custom(`No commits between ${base} and ${head}`) : null;
}

async function change(sandboxed: Sandboxed, asked: Asked, next: Next): Promise<Answer> {
  const pull = await readPull(sandboxed, asked.path);
  if (pull === null) return NOT_FOUND;
  const account = accountOf(asked.caller, sandboxed);
  const isAuthor = isObject(pull.user) && pull.user.id === account?.id;
  if (!isAuthor && !allows(sandboxed.world, asked.caller, "write")) return ADMIN_ONLY;
  const { state } = objectOrEmpty(asked.body);
  const url = text(pull.url);
  if (state === "open" && pull.merged === true) {
    return invalid({
      resource: "PullRequest",
      code: "custom",
      message: "state cannot be changed. The pull request has been merged.",
    });
  }
  if (state === "closed" && pull.state === "open") {
    sandboxed.pulls.closed(url, { headSha: text(object(pull.head).sha), merge: null });
  }
  if (state === "open" && pull.state === "closed") sandboxed.pulls.reopened(url);
  return next();
}

/** What a pull request changes: the emulator makes up file names here. */
async function compared(
  sandboxed: Sandboxed,
  asked: Asked,
  repo: string,
  part: "files" | "commits",
): Promise<Answer> {
  const pull = await readPull(sandboxed, asked.path.replace(/\/(?:files|commits)$/, ""));
  if (pull === null) return NOT_FOUND;
  const merged = sandboxed.pulls.mergeOf(text(pull.url));
  const base = merged === null ? encodePath(text(object(pull.base).ref)) : `${text(object(pull.base).sha)}`;
  const found = await sandboxed.upstream.read(
    `/repos/${repo}/compare/${base}...${text(object(pull.head).sha)}`,
  );
  if (found === null) return refusal(404, "Not Found");
  const paged = page(list(found[part]), asked, sandboxed.url);
  return answer(200, await sandboxed.dress(paged.body), paged.headers);
}

/** GitHub closes the pull requests of a branch that is deleted. */
async function deleteBranch(sandboxed: Sandboxed, repo: string, branch: string, next: Next): Promise<Answer> {
  const open = await sandboxed.upstream.readAll(`/repos/${repo}/pulls?state=open`);
  const orphans = open.filter((pull) => object(pull.head).ref === branch);
  const shown = await Promise.all(orphans.map((pull) => sandboxed.pulls.shown(pull)));
  const deleted = await next();
  if (deleted.status !== 204) return deleted;
  for (const pull of shown) {
    sandboxed.pulls.closed(text(pull.url), { headSha: text(object(pull.head).sha), merge: null });
    await next({ method: "PATCH", path: `/repos/${repo}/pulls/${pull.number}`, body: { state: "closed" } });
  }
  return deleted;
}
