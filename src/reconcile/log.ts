/** Where the parts say what they do; Probot's own logger (pino) fits as it is. */
type Say = (details: object, message: string) => void;

export type Log = { readonly debug: Say; readonly info: Say; readonly warn: Say; readonly error: Say };
