/**
 * Merging a pull request. The emulator takes the tree that the branch had when it was proposed and forgets what came
 * to either side since; this takes both sides, file by file.
 */
import { type Answer, type Asked, answer, refusal } from "./answers.ts";
import { type JsonObject, list, object, objectOrEmpty, text, textOrNull } from "./json.ts";
import { encodePath } from "./pull-state.ts";
import { accountOf } from "./reactions.ts";
import type { Sandboxed } from "./routes.ts";

const NOT_MERGEABLE = refusal(405, "Pull Request is not mergeable");

type Sides = {
  readonly base: string;
  readonly head: string;
  /** What the branch changed since it left the base. */
  readonly ours: readonly JsonObject[];
  /** What the base changed in the meantime. */
  readonly theirs: readonly JsonObject[];
};

export async function merge(
  sandboxed: Sandboxed,
  asked: Asked,
  repo: string,
  pull: JsonObject,
): Promise<Answer> {
  if (pull.state !== "open" || pull.draft === true) return NOT_MERGEABLE;
  const wanted = objectOrEmpty(asked.body);
  const head = text(object(pull.head).sha);
  if (typeof wanted.sha === "string" && wanted.sha !== head) {
    return refusal(409, "Head branch was modified. Review and try the merge again.");
  }
  const sides = await readSides(sandboxed, repo, pull, head);
  if (sides === null || isConflict(sides)) return NOT_MERGEABLE;
  const token = await sandboxed.callers.upstreamToken(asked.caller);
  const write = async (method: string, path: string, body: JsonObject, where = repo) => {
    const written = await sandboxed.upstream.request(method, `/repos/${where}${path}`, { token, body });
    const value = object(JSON.parse(written.body.toString("utf8")));
    if (written.status >= 400) throw new Error(`${path}: ${written.status} ${text(value.message)}`);
    return value;
  };
  const commit = await write("POST", "/git/commits", {
    message: messageOf(pull, wanted),
    tree: await mergedTree(sandboxed, repo, sides, write),
    parents:
      wanted.merge_method === undefined || wanted.merge_method === "merge"
        ? [sides.base, head]
        : [sides.base],
  });
  const sha = text(commit.sha);
  const account = accountOf(asked.caller, sandboxed);
  const by = account === undefined ? null : sandboxed.people.card(account);
  sandboxed.pulls.closed(text(pull.url), {
    headSha: head,
    merge: { at: sandboxed.clock.now(), by: by ?? {}, commit: sha },
  });
  await write("PATCH", `/git/refs/heads/${encodePath(text(object(pull.base).ref))}`, { sha });
  await write("PATCH", `/pulls/${pull.number}`, { state: "closed" });
  for (const [where, issue] of closedBy(pull)) {
    const open = await sandboxed.upstream.read(`/repos/${where}/issues/${issue}`);
    if (open !== null) await write("PATCH", `/issues/${issue}`, { state: "closed" }, where);
  }
  return answer(200, { sha, merged: true, message: "Pull Request successfully merged" });
}

async function readSides(
  { upstream }: Sandboxed,
  repo: string,
  pull: JsonObject,
  head: string,
): Promise<Sides | null> {
  const ref = await upstream.read(`/repos/${repo}/git/ref/heads/${encodePath(text(object(pull.base).ref))}`);
  if (ref === null) return null;
  const base = text(object(ref.object).sha);
  const ours = await upstream.read(`/repos/${repo}/compare/${base}...${head}`);
  if (ours === null || ours.ahead_by === 0) return null;
  const from = text(object(ours.merge_base_commit).sha);
  const theirs = await upstream.read(`/repos/${repo}/compare/${from}...${base}`);
  return { base, head, ours: list(ours.files), theirs: list(object(theirs).files) };
}

/** Both sides changed one file, and not to the same. GitHub looks at lines; whole files are enough here. */
function isConflict({ ours, theirs }: Sides): boolean {
  const names = (file: JsonObject) => [textOrNull(file.filename), textOrNull(file.previous_filename)];
  const result = (file: JsonObject) => (file.status === "removed" ? null : file.sha);
  return ours.some((mine) =>
    theirs.some(
      (other) =>
        names(mine).some((name) => name !== null && names(other).includes(name)) &&
        result(mine) !== result(other),
    ),
  );
}

async function mergedTree(
  { upstream }: Sandboxed,
  repo: string,
  { base, ours }: Sides,
  write: (method: string, path: string, body: JsonObject) => Promise<JsonObject>,
): Promise<string> {
  const commit = object(await upstream.read(`/repos/${repo}/git/commits/${base}`));
  const entry = (path: unknown, sha: unknown) => ({ path, mode: "100644", type: "blob", sha });
  const changes = ours.flatMap((file) => [
    ...(typeof file.previous_filename === "string" ? [entry(file.previous_filename, null)] : []),
    entry(file.filename, file.status === "removed" ? null : file.sha),
  ]);
  const tree = await write("POST", "/git/trees", { base_tree: object(commit.tree).sha, tree: changes });
  return text(tree.sha);
}

function messageOf(pull: JsonObject, wanted: JsonObject): string {
  const head = object(pull.head);
  const squashed = wanted.merge_method === "squash";
  const title = squashed
    ? `${text(pull.title)} (#${pull.number})`
    : `Merge pull request #${pull.number} from ${text(head.label).replace(":", "/")}`;
  const words = textOrNull(wanted.commit_message) ?? (squashed ? "" : text(pull.title));
  return `${textOrNull(wanted.commit_title) ?? title}${words === "" ? "" : `\n\n${words}`}`;
}

/**
 * The issues that GitHub closes with the merge, because the description says "Fixes #12"; only into the default branch.
 * https://docs.github.com/issues/tracking-your-work-with-issues/using-issues/linking-a-pull-request-to-an-issue
 */
function closedBy(pull: JsonObject): readonly (readonly [repository: string, issue: string])[] {
  const base = object(pull.base);
  if (base.ref !== object(base.repo).default_branch) return [];
  const own = text(object(base.repo).full_name);
  const keyword = /\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):? (?:([\w.-]+\/[\w.-]+))?#(\d+)/gi;
  const found = (textOrNull(pull.body) ?? "").matchAll(keyword);
  return [...found].map(([, repository = own, issue = ""]) => [repository, issue] as const);
}
