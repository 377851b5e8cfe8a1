/** What is used of idnits, which brings no types: its own way to run the checks one by one. */
declare module "@ietf-tools/idnits" {
  export type IdnitsContext = {
    raw: Uint8Array;
    filename: string;
    options: { mode: number; offline: boolean; allowedDomains: readonly string[] };
    doc?: { data?: unknown };
  };

  export type IdnitsGroup = {
    key?: string;
    title: string;
    condition?: (context: IdnitsContext) => boolean;
    tasks: readonly {
      key?: string;
      title: string;
      isVoid?: boolean;
      task: (context: IdnitsContext) => Promise<unknown>;
    }[];
  };

  export class ValidationError extends Error {
    readonly refUrl?: string;
    readonly path?: string;
    readonly text?: string;
  }
  export class ValidationWarning extends ValidationError {}
  export class ValidationComment extends ValidationError {}

  export const MODES: { readonly SUBMISSION: number };
  export const ALLOWED_DOMAINS_DEFAULT: readonly string[];
  export function getAllValidations(type: "xml" | "txt"): readonly IdnitsGroup[];
}
