/** Something that must never be, with the proposal that it befell. */
export type Violation = { readonly proposal: number | null; readonly rule: string; readonly detail: string };

export type Complain = (rule: string, detail: string) => void;
