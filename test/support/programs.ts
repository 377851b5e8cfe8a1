/**
 * Programs that the project does without, and some tests want: `mmark`, and `xml2rfc` (also by its path in `XML2RFC`).
 * A test that wants one passes where it is not installed, and says so; with `SECRETARIAT_EVERYTHING` set, that is a failure.
 */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The path of a program; null: it is not installed here. */
export function programPath(name: "mmark" | "xml2rfc"): string | null {
  const given = name === "xml2rfc" ? process.env.XML2RFC : undefined;
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const found = [given, ...folders.map((folder) => join(folder, name))].find(isExecutable);
  if (found !== undefined) return found;
  if (process.env.SECRETARIAT_EVERYTHING)
    throw new Error(`${name} is not installed, and everything is to be tried.`);
  console.warn(`Not tried with ${name}: it is not installed here.`);
  return null;
}

function isExecutable(path: string | undefined): path is string {
  if (path === undefined) return false;
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
