import http from "node:http";
import { pipeline } from "node:stream";
import { freePort } from "../free-port";

/** A small proxy that hands each request to the next of its nodes; one that does not answer gives 502, as proxies do. */
export async function startProxy(nodes: readonly string[]) {
  let turn = 0;
  const server = http.createServer((request, response) => {
    const node = new URL(nodes[turn++ % nodes.length] ?? "");
    const { method, url: path, headers } = request;
    const passed = http.request({ host: node.hostname, port: node.port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      // A node that dies in the middle of its answer must not leave who asked waiting for the rest.
      pipeline(answer, response, () => {});
    });
    passed.on("error", () => (response.headersSent ? response.destroy() : response.writeHead(502).end()));
    request.pipe(passed);
  });
  const port = await freePort();
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
