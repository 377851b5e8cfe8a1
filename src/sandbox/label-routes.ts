/** Labels: names are the same in any letter case, and not everybody may put them on. */
import { allows } from "./access.ts";
import { ADMIN_ONLY, type Answer, type Asked, type FieldError, invalid, refusal } from "./answers.ts";
import { objectOrEmpty, text } from "./json.ts";
import { type Next, type Route, route, type Sandboxed } from "./routes.ts";

/** GitHub: at most 50 characters for a name, 100 for a description. */
const LONGEST_NAME = 50;
const LONGEST_DESCRIPTION = 100;

export function labelRoutes(sandboxed: Sandboxed): readonly Route[] {
  const onIssue = (method: string) =>
    route(method, "/repos/:repo/issues/:number/labels", (asked, [repo = ""], next) =>
      putOn(sandboxed, asked, repo, next),
    );
  return [
    onIssue("POST"),
    onIssue("PUT"),
    route(
      "DELETE",
      "/repos/:repo/issues/:number/labels/:name",
      async (asked, [repo = "", number, name = ""], next) => {
        if (!allows(sandboxed.world, asked.caller, "triage")) return ADMIN_ONLY;
        const [known = name] = await knownNames(sandboxed, repo, [name]);
        const removed = await next({
          path: `/repos/${repo}/issues/${number}/labels/${encodeURIComponent(known)}`,
        });
        return removed.status === 404 ? refusal(404, "Label does not exist") : removed;
      },
    ),
    route("POST", "/repos/:repo/labels", (asked, [repo = ""], next) => create(sandboxed, asked, repo, next)),
    route("PATCH", "/repos/:repo/labels/:name", async (asked, _parts, next) => {
      if (!allows(sandboxed.world, asked.caller, "write")) return ADMIN_ONLY;
      const { new_name, description } = objectOrEmpty(asked.body);
      const problem = labelProblem(new_name, description);
      return problem === null ? next() : invalid(problem);
    }),
  ];
}

async function putOn(sandboxed: Sandboxed, asked: Asked, repo: string, next: Next): Promise<Answer> {
  if (!allows(sandboxed.world, asked.caller, "triage")) return ADMIN_ONLY;
  const given = Array.isArray(asked.body) ? asked.body : objectOrEmpty(asked.body).labels;
  if (!Array.isArray(given)) return invalid({ resource: "Label", code: "invalid", field: "labels" });
  const names = given.map((label) => (typeof label === "string" ? label : objectOrEmpty(label).name));
  const problem = names.map((name) => labelProblem(name, null)).find((found) => found !== null);
  if (problem !== undefined) return invalid(problem);
  return next({ body: { labels: await knownNames(sandboxed, repo, names.map(text)) } });
}

async function create(sandboxed: Sandboxed, asked: Asked, repo: string, next: Next): Promise<Answer> {
  if (!allows(sandboxed.world, asked.caller, "write")) return ADMIN_ONLY;
  const { name, description } = objectOrEmpty(asked.body);
  const problem = labelProblem(name, description);
  if (problem !== null) return invalid(problem);
  const labels = await sandboxed.upstream.readAll(`/repos/${repo}/labels`);
  const taken = labels.some((label) => sameName(text(label.name), text(name)));
  return taken ? invalid({ resource: "Label", code: "already_exists", field: "name" }) : next();
}

function labelProblem(name: unknown, description: unknown): FieldError | null {
  const tooLong = (field: string, most: number): FieldError => ({
    resource: "Label",
    code: "custom",
    field,
    message: `${field} is too long (maximum is ${most} characters)`,
  });
  if (name !== undefined && (typeof name !== "string" || name.trim() === "")) {
    return { resource: "Label", code: "missing_field", field: "name" };
  }
  if (typeof name === "string" && [...name].length > LONGEST_NAME) return tooLong("name", LONGEST_NAME);
  if (typeof description === "string" && [...description].length > LONGEST_DESCRIPTION) {
    return tooLong("description", LONGEST_DESCRIPTION);
  }
  return null;
}

/** The names as the repository writes them. */
async function knownNames(sandboxed: Sandboxed, repo: string, names: readonly string[]): Promise<string[]> {
  const labels = await sandboxed.upstream.readAll(`/repos/${repo}/labels`);
  const known = labels.map((label) => text(label.name));
  return names.map((name) => known.find((one) => sameName(one, name)) ?? name);
}

function sameName(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
