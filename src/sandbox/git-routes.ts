/** Files, commits and check runs, where GitHub's answers differ from the emulator's. */
import { allows } from "./access.ts";
import {
  type Answer,
  type Asked,
  answer,
  invalid,
  NOT_ACCESSIBLE,
  NOT_FOUND,
  page,
  refusal,
} from "./answers.ts";
import { isObject, type JsonObject, list, object, objectOrEmpty, text } from "./json.ts";
import { type Handler, type Next, type Route, route, type Sandboxed } from "./routes.ts";

/** GitHub puts the content of files up to one megabyte into the JSON. */
const LARGEST_IN_JSON = 1_048_576;
/** GitHub takes at most 50 annotations a request. */
const MOST_ANNOTATIONS = 50;
const LONGEST_SUMMARY = 65_535;

export function gitRoutes(sandboxed: Sandboxed): readonly Route[] {
  const writers: Handler = async (asked, _parts, next) =>
    allows(sandboxed.world, asked.caller, "write") ? next() : NOT_FOUND;
  return [
    route("GET", "/repos/:repo/contents/*", (asked, _parts, next) => readContents(asked, next)),
    route("PUT", "/repos/:repo/contents/*", writers),
    route("DELETE", "/repos/:repo/contents/*", writers),
    route("PUT", "/repos/:repo/contents/*", (asked, _parts, next) => writeContents(asked, next)),
    route("POST", "/repos/:repo/git/*", writers),
    route("PATCH", "/repos/:repo/git/*", writers),
    route("POST", "/repos/:repo/git/trees", async (asked, _parts, next) => {
      const { tree } = objectOrEmpty(asked.body);
      return Array.isArray(tree) && tree.length === 0 ? refusal(422, "Invalid tree info") : next();
    }),
    route("POST", "/repos/:repo/git/commits", async (asked, _parts, next) =>
      next({ body: { parents: [], ...objectOrEmpty(asked.body) } }),
    ),
    route("GET", "/repos/:repo/commits/:ref/check-runs", async (_asked, _parts, next) => next()),
    route("GET", "/repos/:repo/commits/:ref/check-suites", async (_asked, _parts, next) => next()),
    route("GET", "/repos/:repo/commits/*", (asked, [, ref = ""], next) => readCommit(asked, ref, next)),
    route("GET", "/repos/:repo/check-runs/:id/annotations", async (asked) => {
      const found = await annotationsOf(sandboxed.upstream, asked.path.replace(/\/annotations$/, ""));
      const paged = page(found, asked, sandboxed.url);
      return answer(200, await sandboxed.dress(paged.body), paged.headers);
    }),
    route("POST", "/repos/:repo/check-runs", checkRun),
    route("PATCH", "/repos/:repo/check-runs/:id", (asked, parts, next) =>
      checkRun(asked, parts, (change) => updateCheckRun(sandboxed, asked, change?.body ?? asked.body, next)),
    ),
  ];
}

async function readContents(asked: Asked, next: Next): Promise<Answer> {
  const found = await next();
  const ref = asked.query.get("ref");
  if (found.status === 404 && ref !== null) {
    const commit = await next({
      path: asked.path.replace(/\/contents\/.*$/, `/commits/${encodeURIComponent(ref)}`),
    });
    return commit.status === 200 ? found : refusal(404, `No commit found for the ref ${ref}`);
  }
  if (Buffer.isBuffer(found.body)) {
    const media = asked.headers.accept?.split(",")[0]?.trim() ?? "application/vnd.github.raw+json";
    return { ...found, headers: { ...found.headers, "content-type": `${media}; charset=utf-8` } };
  }
  if (!isObject(found.body) || typeof found.body.content !== "string") return found;
  if (Number(found.body.size) > LARGEST_IN_JSON) {
    return { ...found, body: { ...found.body, content: "", encoding: "none" } };
  }
  return { ...found, body: { ...found.body, content: wrapped(found.body.content) } };
}

/** GitHub breaks Base64 after every 60 characters. */
function wrapped(base64: string): string {
  return base64.replace(/.{1,60}/g, "$&\n");
}

async function writeContents(asked: Asked, next: Next): Promise<Answer> {
  const { sha, ...rest } = objectOrEmpty(asked.body);
  const { branch } = rest;
  const first = await next();
  const complaint = messageOf(first);
  // GitHub heeds the sha only where there is a file; the emulator insists on the file.
  const written = sha !== undefined && /does not exist$/.test(complaint) ? await next({ body: rest }) : first;
  const message = messageOf(written);
  if (written.status === 404 && typeof branch === "string") return refusal(404, `Branch ${branch} not found`);
  if (written.status === 422 && message.includes(`"sha" wasn't supplied`)) {
    return refusal(422, `Invalid request.\n\n"sha" wasn't supplied.`);
  }
  return written;
}

function messageOf({ status, body }: Answer): string {
  return status >= 400 && isObject(body) ? String(body.message) : "";
}

async function readCommit(asked: Asked, ref: string, next: Next): Promise<Answer> {
  const found = await next();
  if (found.status === 404) return refusal(422, `No commit found for SHA: ${ref}`);
  const wantsSha = /application\/vnd\.github(?:\.v3)?\.sha/.test(asked.headers.accept ?? "");
  if (found.status !== 200 || !wantsSha) return found;
  return answer(200, Buffer.from(text(object(found.body).sha)), {
    "content-type": "application/vnd.github.sha; charset=utf-8",
  });
}

/** Only Apps make check runs; naming a conclusion completes one. */
const checkRun: Handler = async (asked, _parts, next) => {
  if (asked.caller.kind !== "installation") {
    return asked.caller.kind === "person"
      ? refusal(403, "You must authenticate via a GitHub App.")
      : NOT_ACCESSIBLE;
  }
  const body = objectOrEmpty(asked.body);
  const { annotations } = objectOrEmpty(body.output);
  if (Array.isArray(annotations) && annotations.length > MOST_ANNOTATIONS) {
    const message = `No more than ${MOST_ANNOTATIONS} annotations can be given at a time.`;
    return invalid({ resource: "CheckRun", code: "custom", field: "annotations", message });
  }
  if (String(objectOrEmpty(body.output).summary ?? "").length > LONGEST_SUMMARY) {
    const message = `Only ${LONGEST_SUMMARY} characters are allowed; ${String(objectOrEmpty(body.output).summary).length} were supplied.`;
    return invalid({ resource: "CheckRun", code: "custom", field: "summary", message });
  }
  return next({ body: typeof body.conclusion === "string" ? { status: "completed", ...body } : body });
};

/** The emulator puts them into an object, where GitHub has a list. */
async function annotationsOf(upstream: Sandboxed["upstream"], path: string): Promise<readonly JsonObject[]> {
  const found: JsonObject[] = [];
  for (let at = 1; ; at += 1) {
    const answered = await upstream.read(`${path}/annotations?per_page=100&page=${at}`);
    const some = list(objectOrEmpty(answered).check_annotations ?? []);
    found.push(...some);
    if (some.length < 100) return found;
  }
}

/** GitHub adds the annotations of each request to those that are there; the emulator puts them in their place. */
async function updateCheckRun(
  { upstream }: Sandboxed,
  asked: Asked,
  body: unknown,
  next: Next,
): Promise<Answer> {
  const change = objectOrEmpty(body);
  const output = objectOrEmpty(change.output);
  if (!isObject(change.output)) return next({ body });
  const before = await annotationsOf(upstream, asked.path);
  const added = Array.isArray(output.annotations) ? output.annotations : [];
  return next({ body: { ...change, output: { ...output, annotations: [...before, ...added] } } });
}
