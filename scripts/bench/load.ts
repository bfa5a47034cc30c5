import http from "node:http";

/**
 * Asks for one address over and over again from a number of connections.
 * @param seconds how long. @returns answers per second, how many were not 200, and the size of one answer in KiB.
 */
export async function load(address: string, cookie: string, connections: number, seconds: number) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: connections });
  const until = Date.now() + seconds * 1000;
  let [answers, failures, bytes] = [0, 0, 0];
  const ask = () =>
    new Promise<void>((resolve) => {
      const request = http.get(address, { agent, headers: { cookie } }, (response) => {
        let size = 0;
        response.on("data", (chunk: Buffer) => {
          size += chunk.length;
        });
        response.on("end", () => {
          answers++;
          if (response.statusCode !== 200) failures++;
          bytes = size;
          resolve();
        });
      });
      request.on("error", () => {
        failures++;
        resolve();
      });
    });
  const client = async () => {
    while (Date.now() < until) await ask();
  };
  const startedAt = Date.now();
  await Promise.all(Array.from({ length: connections }, client));
  agent.destroy();
  return { perSecond: answers / ((Date.now() - startedAt) / 1000), failures, kilobytes: bytes / 1024 };
}
