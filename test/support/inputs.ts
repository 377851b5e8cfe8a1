/**
 * Real documents to run on, kept outside the project: in `SECRETARIAT_INPUTS`, or in `../shared/inputs`. A test that
 * wants one passes where there is none, and says so; with `SECRETARIAT_EVERYTHING` set, a missing one is a failure.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = process.env.SECRETARIAT_INPUTS ?? "../shared/inputs";

/** Where an input lies, for example `drafts/misp-core-format.md`; null: it is not there. */
export function inputPath(name: string): string | null {
  const path = join(FOLDER, name);
  if (existsSync(path)) return path;
  if (process.env.SECRETARIAT_EVERYTHING)
    throw new Error(`There is no ${path}, and everything is to be tried.`);
  console.warn(`Not tried on ${name}: there is no ${path}.`);
  return null;
}

export function input(name: string): string | null {
  const path = inputPath(name);
  return path === null ? null : readFileSync(path, "utf8");
}
