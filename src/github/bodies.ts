/** The bodies of GitHub's answers, read as they come, so that they can be kept as they came. */

/** A file's bytes as they are, or why they were not read. */
export type Bytes = Uint8Array | "too large" | "not a file";

/** A body that Octokit has not read, and the type that GitHub gives it. */
export type Body = { readonly stream: unknown; readonly type: string | null };

/** The whole of it; throws if it breaks off. */
export async function wholeBody({ stream }: Body): Promise<Uint8Array> {
  const body = stream instanceof ReadableStream ? stream : null;
  return new Uint8Array(await new Response(body).arrayBuffer());
}

/** As `wholeBody`, up to a limit in bytes. Answered with plain JSON, although raw content was asked for, are folders and submodules. */
export async function rawBody({ stream, type }: Body, limit: number): Promise<Bytes> {
  if (!(stream instanceof ReadableStream)) throw new TypeError("there is no content");
  if (type?.split(";")[0]?.trim() === "application/json") {
    await stream.cancel();
    return "not a file";
  }
  return upTo(limit, stream);
}

async function upTo(limit: number, stream: ReadableStream<unknown>): Promise<Uint8Array | "too large"> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError("not bytes");
    size += chunk.byteLength;
    if (size > limit) return "too large";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What is no JSON, or breaks off, is text, and fits no shape. */
export function parsed(body: Bytes): unknown {
  const text = typeof body === "string" ? body : Buffer.from(body).toString("utf8");
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
