/**
 * Where repositories and issues are now. Behind the front a repository keeps its first name for ever; here it is shown under
 * its present one, and answers under the earlier ones with a redirect, as GitHub has it
 * (https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects).
 */
import { type Answer, type Asked, answer, refusal } from "./answers.ts";
import { isObject, type JsonObject } from "./json.ts";
import { isRead } from "./requests.ts";

type Moved = { readonly seeded: string; readonly id: number; readonly now: string };

export type Places = {
  /** Gives a repository another name or owner; both are `owner/name`, the first one as it was seeded. */
  move(seeded: string, id: number, to: string): void;
  archive(seeded: string, archived: boolean): void;
  /** An issue that is no longer there; `to`: where it was transferred, as `owner/name/issues/number`. */
  loseIssue(seeded: string, number: number, to: string | null): void;
  isLost(seeded: string, number: number): boolean;
  /** The path behind the front, or the answer in its place. */
  resolve(asked: Pick<Asked, "method" | "path" | "query">): Pick<Asked, "path" | "query"> | Answer;
  /** What stands in the way of a request on that path; null: nothing. */
  refusal(asked: Pick<Asked, "method" | "path">): Answer | null;
  /** JSON with the present names. What people have written stays as it is. */
  shown(value: unknown): unknown;
};

export function createPlaces(url: string): Places {
  const moved = new Map<string, Moved>();
  /** Earlier names, the first included, and the repository that had them. */
  const former = new Map<string, Moved["seeded"]>();
  const archived = new Set<string>();
  const lost = new Map<string, string | null>();
  const nowOf = (seeded: string) => moved.get(key(seeded));

  function resolve({ method, path, query }: Pick<Asked, "method" | "path" | "query">) {
    const byId = /^\/repositories\/(\d+)(\/.*)?$/.exec(path);
    const found = byId && [...moved.values()].find(({ id }) => String(id) === byId[1]);
    if (found) return behind(found, byId?.[2] ?? "", query);
    const [, name, rest = ""] = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(path) ?? [];
    if (name === undefined) return { path, query };
    const current = [...moved.values()].find(({ now }) => key(now) === key(name));
    if (current) return behind(current, rest, query);
    const earlier = nowOf(former.get(key(name)) ?? "");
    if (earlier === undefined) return { path, query };
    return redirect(method, `${url}/repositories/${earlier.id}${rest}${query.size > 0 ? `?${query}` : ""}`);
  }

  return {
    move(seeded, id, to) {
      former.set(key(nowOf(seeded)?.now ?? seeded), seeded);
      former.delete(key(to));
      if (key(to) === key(seeded)) moved.delete(key(seeded));
      else moved.set(key(seeded), { seeded, id, now: to });
    },
    archive: (seeded, isArchived) =>
      void (isArchived ? archived.add(key(seeded)) : archived.delete(key(seeded))),
    loseIssue: (seeded, number, to) => void lost.set(key(`${seeded}/issues/${number}`), to),
    isLost: (seeded, number) => lost.has(key(`${seeded}/issues/${number}`)),
    resolve,
    refusal({ method, path }) {
      const [, repository, rest = ""] = /^\/repos\/([^/]+\/[^/]+)(\/.*)?$/.exec(path) ?? [];
      if (repository === undefined) return null;
      const [issue] = /^\/issues\/\d+/.exec(rest) ?? [];
      const to = issue === undefined ? undefined : lost.get(key(repository + issue));
      if (to === null) return refusal(410, "This issue was deleted");
      if (to !== undefined) return redirect(method, `${url}/repos/${to}${rest.slice(issue?.length ?? 0)}`);
      const isReadOnly = archived.has(key(repository)) && rest !== "" && !isRead(method);
      return isReadOnly ? refusal(403, "Repository was archived so is read-only.") : null;
    },
    shown: (value) => [...moved.values()].reduce(renamed, value),
  };
}

/** GitHub's names do not mind letter case. */
function key(name: string): string {
  return name.toLowerCase();
}

/** Branches are asked for with the name of their owner. */
function behind(
  { seeded, now }: Moved,
  rest: string,
  query: URLSearchParams,
): { readonly path: string; readonly query: URLSearchParams } {
  const inner = new URLSearchParams(query);
  const [login, branch] = (query.get("head") ?? "").split(":");
  if (branch !== undefined && key(now).startsWith(`${key(login ?? "")}/`))
    inner.set("head", `${seeded.split("/")[0]}:${branch}`);
  return { path: `/repos/${seeded}${rest}`, query: inner };
}

/** A moved resource is read elsewhere with 301; what would write there is to be sent there unchanged, with 307. */
function redirect(method: string, location: string): Answer {
  const status = isRead(method) ? 301 : 307;
  return answer(status, { message: "Moved Permanently", url: location }, { location });
}

/** Keys whose text names a place, and is not somebody's words. */
function namesPlace(name: string): boolean {
  return name.endsWith("url") || name.endsWith("href") || name === "full_name";
}

function renamed(value: unknown, place: Moved): unknown {
  if (Array.isArray(value)) return value.map((item) => renamed(item, place));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, part]) => [
    name,
    typeof part === "string" && namesPlace(name) ? inAddress(part, place) : renamed(part, place),
  ]);
  const whole: JsonObject = Object.fromEntries(entries);
  if (value.full_name === place.seeded) return withName(whole, place);
  const isHead =
    isObject(value.repo) && value.repo.full_name === place.seeded && typeof value.ref === "string";
  return isHead ? { ...whole, label: `${place.now.split("/")[0]}:${value.ref}` } : whole;
}

function inAddress(address: string, { seeded, now }: Moved): string {
  const at = address.indexOf(seeded);
  const after = address[at + seeded.length];
  const isWhole = (at === 0 || address[at - 1] === "/") && (after === undefined || /[/#?{]/.test(after));
  return at >= 0 && isWhole ? address.slice(0, at) + now + address.slice(at + seeded.length) : address;
}

function withName(repository: JsonObject, { now }: Moved): JsonObject {
  const [login, name] = now.split("/");
  const owner = isObject(repository.owner) ? { ...repository.owner, login } : repository.owner;
  return { ...repository, name, owner };
}
