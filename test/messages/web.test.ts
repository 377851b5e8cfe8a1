import { expect, it } from "vitest";
import { docketUrl, fileUrl, type WebUrl, webOf } from "../../src/messages/web.ts";
import { DOCKET, FILE, WEB } from "../support/sample-committee.ts";

it.each([
  ["https://github.com/MISP/misp-rfc/issues/12", "https://github.com"],
  ["https://git.example.org/MISP/misp-rfc/issues/12", "https://git.example.org"],
  ["http://localhost:4010/MISP/misp-rfc/issues/12", "http://localhost:4010"],
  ["https://example.org/github/MISP/misp-rfc/issues/12", "https://example.org/github"],
])("%s is on the web site %s", (url, web) => {
  expect(webOf({ url })).toBe(web);
});

it("links to a file at its commit, and to a docket on its branch", () => {
  expect(fileUrl(WEB, { ...FILE, commit: "abc", path: "a folder/50%/#1?.md" })).toBe(
    "https://github.com/MISP/misp-rfc/blob/abc/a%20folder/50%25/%231%3F.md",
  );
  expect(docketUrl("https://git.example.org" as WebUrl, DOCKET)).toBe(
    "https://git.example.org/MISP/misp-rfc/blob/dockets/0012/docket.json",
  );
});

it("links to the repository where the path is too long to be shown", () => {
  const path = "very-long/".repeat(300);
  expect(fileUrl(WEB, { ...FILE, commit: "abc", path })).toBe("https://github.com/MISP/misp-rfc/tree/abc");
});
