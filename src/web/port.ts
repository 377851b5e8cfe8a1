/** Which port to listen on, found out before anything is started. */
import { createServer } from "node:net";

/** The port itself if it can be listened on, or for 0 a free one. Throws, in words for an operator, if it cannot. */
export async function choosePort(host: string, port: number): Promise<number> {
  const probe = createServer();
  return new Promise((resolve, reject) => {
    probe.once("error", (error) => reject(new Error(whyNot(error, host, port), { cause: error })));
    probe.listen({ host, port, exclusive: true }, () => {
      const address = probe.address();
      const chosen = typeof address === "object" && address !== null ? address.port : port;
      probe.close(() => resolve(chosen));
    });
  });
}

function whyNot(error: NodeJS.ErrnoException, host: string, port: number): string {
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${port} is already in use on ${host}. Set PORT to another one, or stop what uses it.`;
    case "EACCES":
      return `Port ${port} may not be used by this account. Set PORT to one above 1023.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `This machine has no address ${host}. Set HOST to one that it has, such as 127.0.0.1 or 0.0.0.0.`;
    default:
      return `Port ${port} on ${host} cannot be used: ${error.message}`;
  }
}
