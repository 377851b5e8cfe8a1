/** A draft's XML where it was merged, and what the register there says of it, both at the same commit. */
import { type DraftFact, type GitHubWant, known, type Reading, unknown } from "../proposal/facts.ts";
import { CannotUpdate } from "../publication/file-update.ts";
import { standardIn } from "../publication/register/model.ts";
import { readRegister } from "../publication/register/text.ts";
import type { Client } from "./client.ts";
import { FILE_LIMIT, readFile, tip, utf8 } from "./files.ts";
import type { Gate } from "./gate.ts";

type Wanted = Extract<GitHubWant, { fact: "draft" }>;

export async function readDraft(client: Client, wanted: Wanted): Promise<Reading<DraftFact>> {
  const { repository, commit: asked, path, register } = wanted;
  const gate = await client.of(repository);
  const commit = asked ?? (await newest(gate, wanted));
  if (commit === null) return unknown(`${repository.owner}/${repository.name} has no commit to read from.`);
  const read = (file: string) => readText(gate, wanted, file, commit);
  const text = await read(path);
  const xml: DraftFact["xml"] =
    typeof text === "string"
      ? { status: "read", text, file: { ...repository, path, commit } }
      : { status: text.not };
  if (register === null) return known({ asked, xml, registered: null });
  const content = await read(register.path);
  return known({ asked, xml, registered: registeredIn(content, register.slug) });
}

async function newest(gate: Gate, { repository }: Wanted): Promise<string | null> {
  const end = await tip(gate, repository, null);
  return end.found === "commit" ? end.commit : null;
}

type NoText = { readonly not: "missing" | "too large" | "not text" };

async function readText(gate: Gate, wanted: Wanted, path: string, commit: string): Promise<string | NoText> {
  const bytes = await readFile(gate, { ...wanted.repository, path, ref: commit, limit: FILE_LIMIT });
  if (bytes === null || bytes === "not a file") return { not: "missing" };
  if (bytes === "too large") return { not: "too large" };
  return utf8(bytes) ?? { not: "not text" };
}

function registeredIn(content: string | NoText, slug: string): DraftFact["registered"] {
  if (typeof content !== "string") return { status: content.not === "missing" ? "absent" : "unreadable" };
  try {
    const standard = standardIn(readRegister(content), slug);
    if (!standard?.draft || standard.revision === null) return { status: "absent" };
    return { status: "read", draft: `${standard.draft}-${standard.revision}` };
  } catch (error) {
    if (error instanceof CannotUpdate) return { status: "unreadable" };
    throw error;
  }
}
