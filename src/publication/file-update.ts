/** A change to a file as a value: its path, and a function from what stands there to what shall stand there. */

export type FileUpdate = {
  readonly path: string;
  /** Does it matter what stands there? */
  readonly reads: boolean;
  /** `null`: there is no such file. Throws `CannotUpdate` where the content is not what it has to be. */
  readonly update: (content: string | null) => string;
};

/** A file is not what it has to be, or something of a proposal does not fit it. The message is a sentence for people. */
export class CannotUpdate extends Error {
  override readonly name = "CannotUpdate";
}

/** Throws `CannotUpdate` on a path that climbs, is hidden, or is GitHub's own. */
export function fileUpdate(path: string, update: FileUpdate["update"]): FileUpdate {
  return { path: safePath(path), reads: true, update };
}

/** A file with a given text, whatever stood there. */
export function writtenFile(path: string, content: string): FileUpdate {
  return { path: safePath(path), reads: false, update: () => content };
}

/** The path of a file right inside a folder. Throws `CannotUpdate` where the name is none. */
export function fileIn(folder: string, name: string): string {
  if (!isSafeName(name)) throw notPublishedTo(name);
  return `${folder}/${name}`;
}

const LONGEST_PATH = 400;

function safePath(path: string): string {
  const isSafe = path.length <= LONGEST_PATH && path.split("/").every(isSafeName);
  if (!isSafe) throw notPublishedTo(path);
  return path;
}

function notPublishedTo(path: string): CannotUpdate {
  return new CannotUpdate(`${JSON.stringify(path.slice(0, 100))} is not a path that is published to.`);
}

function isSafeName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(name) && !name.endsWith(".");
}
