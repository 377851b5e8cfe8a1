import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { grantedOf, neededFor } from "../../src/github/rights.ts";

const LOOKING = { issues: "read", contents: "read", pull_requests: "read", checks: "read" };
const REPOSITORY = "/repos/{owner}/{repo}";

describe("what a call needs", () => {
  test.each<[string, object]>([
    [`GET ${REPOSITORY}/issues/{issue_number}/comments`, LOOKING],
    [`GET ${REPOSITORY}/contents/a.md`, LOOKING],
    [`POST ${REPOSITORY}/issues/{issue_number}/comments`, { issues: "write" }],
    [`PATCH ${REPOSITORY}/issues/comments/{comment_id}`, { issues: "write" }],
    [`POST ${REPOSITORY}/labels`, { issues: "write" }],
    [`PUT ${REPOSITORY}/contents/0012/docket.json`, { contents: "write" }],
    [`POST ${REPOSITORY}/git/refs`, { contents: "write" }],
    [`POST ${REPOSITORY}/pulls`, { pull_requests: "write", contents: "read" }],
    [`POST ${REPOSITORY}/check-runs`, { checks: "write" }],
    ["GET /orgs/{org}/teams/{team_slug}/members", { members: "read" }],
  ])("%s", (route, needed) => {
    expect(neededFor(route)).toEqual(needed);
  });

  test("nobody can do what nobody has thought of", () => {
    expect(() => neededFor("DELETE /repos/{owner}/{repo}")).toThrow("no telling what DELETE");
    expect(() => neededFor(`POST ${REPOSITORY}/issuesque`)).toThrow("no telling what POST");
    expect(() => neededFor("POST /orgs/{org}/repos".replace("/orgs", "/user"))).toThrow("no telling");
  });

  test("no route that the App has asks for more than the manifest does", () => {
    const manifest = parse(readFileSync("app.yml", "utf8")) as {
      default_permissions: Record<string, string>;
    };
    const routes = readdirSync("src/github").flatMap((file) =>
      [
        ...readFileSync(`src/github/${file}`, "utf8").matchAll(
          /"((?:GET|POST|PATCH|PUT|DELETE) \/(?:repos|orgs)[^"]*)"/g,
        ),
      ].map(([, route]) => route ?? ""),
    );
    expect(routes.length).toBeGreaterThan(30);
    for (const route of routes)
      expect(grantedOf(neededFor(route), manifest.default_permissions), route).toEqual(neededFor(route));
  });
});

test("no more is asked for than an installation allows", () => {
  const allowed = { issues: "write", contents: "read" };
  expect(grantedOf(LOOKING, allowed)).toEqual({ issues: "read", contents: "read" });
  expect(grantedOf({ contents: "write" }, allowed)).toEqual({ contents: "read" });
  expect(grantedOf({ issues: "write" }, allowed)).toEqual({ issues: "write" });
  expect(grantedOf({ members: "read" }, allowed)).toEqual({ metadata: "read" });
  expect(grantedOf({ members: "read" }, null)).toEqual({ members: "read" });
});
