/**
 * The seal of a docket: an Ed25519 signature over its newest entry's hash, and so over all that is before it. Whoever may
 * write to the repository can make a chain of hashes; nobody but the App can seal one.
 */
import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import canonicalize from "canonicalize";
import { sha256 } from "./docket.ts";
import type { Entry, EntryOf } from "./entries.ts";

/** A public key as it is published: its id is the beginning of the SHA-256 of its bytes. */
export type PublishedKey = {
  readonly id: string;
  /** The 32 bytes of an Ed25519 public key (RFC 8032), in base64. */
  readonly key: string;
};

export type Signature = {
  /** The id of the key that made it. */
  readonly key: string;
  /** 64 bytes, in base64. */
  readonly value: string;
};

/** What an App seals with, and whose seals it takes for its own. */
export type Sealing = {
  readonly key: KeyObject;
  /** The key that was used before, where it was changed: private, or public alone where the private one is lost. */
  readonly previous: KeyObject | null;
};

/** The public half of a private or public key. Throws if it is not an Ed25519 key. */
export function publishedKey(key: KeyObject): PublishedKey {
  if (key.asymmetricKeyType !== "ed25519") throw new TypeError("Not an Ed25519 key");
  const { x } = (key.type === "private" ? createPublicKey(key) : key).export({ format: "jwk" });
  const bytes = Buffer.from(x ?? "", "base64url");
  return { id: sha256(bytes).slice(0, 16), key: bytes.toString("base64") };
}

/** The key of which this is the published form; null: it is none. */
function keyFrom({ id, key }: PublishedKey): KeyObject | null {
  const bytes = Buffer.from(key, "base64");
  if (bytes.byteLength !== 32 || sha256(bytes).slice(0, 16) !== id) return null;
  return createPublicKey({
    key: { kty: "OKP", crv: "Ed25519", x: bytes.toString("base64url") },
    format: "jwk",
  });
}

/** Seals a docket as it stands. `proposal` is its number: a docket is no other proposal's. */
export function sealed(proposal: number, entries: readonly Entry[], key: KeyObject): Signature {
  return {
    key: publishedKey(key).id,
    value: sign(null, headOf(proposal, entries), key).toString("base64"),
  };
}

/** Whether the signature is that key's, over this docket. */
export function isSealedBy(
  proposal: number,
  entries: readonly Entry[],
  signature: Signature,
  published: PublishedKey,
): boolean {
  const key = signature.key === published.id ? keyFrom(published) : null;
  return key !== null && verify(null, headOf(proposal, entries), key, Buffer.from(signature.value, "base64"));
}

/**
 * The entry that says that another key seals from here on; the old key vouches for the new one, where it is at hand.
 * null: the docket is sealed by the present key, or by none yet.
 */
export function keyChange(
  signedBy: string | null,
  { key, previous }: Sealing,
): Omit<EntryOf<"key-changed">, "at"> | null {
  const to = publishedKey(key);
  if (signedBy === null || signedBy === to.id) return null;
  const vouched =
    previous?.type === "private" ? sign(null, vouching(signedBy, to), previous).toString("base64") : null;
  return { kind: "key-changed", from: signedBy, to, vouched };
}

/** Whether the key before vouched for the one that a change of keys names. */
export function isVouchedFor({ from, to, vouched }: EntryOf<"key-changed">, before: PublishedKey): boolean {
  const key = before.id === from ? keyFrom(before) : null;
  if (key === null || vouched === null) return false;
  return verify(null, vouching(from, to), key, Buffer.from(vouched, "base64"));
}

function headOf(proposal: number, entries: readonly Entry[]): Uint8Array {
  const head = entries.at(-1)?.hash;
  if (head === undefined) throw new Error("A docket without an entry is not sealed");
  return statement({ format: "secretariat docket", proposal, entries: entries.length, head });
}

function vouching(from: string, to: PublishedKey): Uint8Array {
  return statement({ format: "secretariat key", from, to });
}

function statement(content: object): Uint8Array {
  return Buffer.from(canonicalize(content) ?? "", "utf8");
}
