/** What a multipart/form-data request to the sandbox's datatracker holds. */
import type http from "node:http";

export type Upload = {
  readonly user: string | null;
  readonly xml: string | null;
  readonly replaces: string | null;
};

/** Reads the whole request; fields that are not there, or a body that is no form, are null. */
export async function readUpload(request: http.IncomingMessage): Promise<Upload> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const type = request.headers["content-type"] ?? "";
  if (!type.startsWith("multipart/form-data")) return { user: null, xml: null, replaces: null };
  const form = await new Response(Buffer.concat(chunks), { headers: { "content-type": type } }).formData();
  const file = form.get("xml");
  return {
    user: textOf(form.get("user")),
    // A file, as a browser or curl would send it; plain text in its place is refused.
    xml: file === null || typeof file === "string" ? null : await file.text(),
    replaces: textOf(form.get("replaces")),
  };
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
