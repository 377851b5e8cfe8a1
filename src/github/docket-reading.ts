/** A docket as it stands at a commit or on the branch, held against its seal. */
import { docketPath } from "../proposal/docket.ts";
import type { Entry } from "../proposal/entries.ts";
import type { ProposalRef } from "../proposal/facts.ts";
import { isSealedBy, keyChange, publishedKey, type Sealing, type Signature } from "../proposal/seal.ts";
import type { StoredDocket } from "../reconcile/ports.ts";
import { damaged, parsedDocket } from "./docket-file.ts";
import { blobSha, readFile, utf8 } from "./files.ts";
import type { Gate } from "./gate.ts";

/** GitHub hands out files of up to 100 MB; a docket that comes near is not one. */
const DOCKET_LIMIT = 50 * 1024 * 1024;

/** null: it is not there. Throws `DocketDamaged` on what no docket can be. */
export async function docketAt(gate: Gate, ref: ProposalRef, at: string): Promise<Uint8Array | null> {
  const bytes = await readFile(gate, { ...ref, path: docketPath(ref), ref: at, limit: DOCKET_LIMIT });
  if (bytes === null || bytes instanceof Uint8Array) return bytes;
  throw damaged(ref, `it is ${bytes}`);
}

/** The docket in a file's bytes. Throws `DocketDamaged` where the App has not sealed it as it is. */
export function storedIn(ref: ProposalRef, bytes: Uint8Array, sealing: Sealing): StoredDocket {
  const text = utf8(bytes);
  if (text === null) throw damaged(ref, "it is not a text in UTF-8");
  const { entries, signature } = parsedDocket(ref, text);
  assertSealed(ref, entries, signature, sealing);
  return { entries, sha: blobSha(bytes), keyChange: keyChange(signature.key, sealing) };
}

function assertSealed(
  ref: ProposalRef,
  entries: readonly Entry[],
  signature: Signature,
  { key, previous }: Sealing,
): void {
  const known = [key, ...(previous === null ? [] : [previous])].map(publishedKey);
  const signer = known.find(({ id }) => id === signature.key);
  if (signer === undefined) {
    throw damaged(
      ref,
      "it is signed with a key that this App does not have; if the App's key was changed, the one before has to be named in its settings",
    );
  }
  if (entries.length === 0 || !isSealedBy(ref.number, entries, signature, signer))
    throw damaged(ref, "its signature is not the App's");
}
