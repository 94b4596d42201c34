import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { root } from "./pair.ts";

/** Whether npm can fetch packages here; tests that install are skipped where it cannot. */
export function hasRegistry(): boolean {
  try {
    const patience = ["--fetch-retries=0", "--fetch-timeout=10000"];
    execFileSync("npm", ["view", "yargs", "name", ...patience], { stdio: "ignore", timeout: 30_000 });
    return true;
  } catch {
    process.stderr.write("skipped: tests that install from the npm registry, which cannot be reached from here\n");
    return false;
  }
}

/** The package as `npm publish` would send it, of what is built. */
export function pack(folder: string): string {
  const args = ["pack", "--ignore-scripts", "--silent", "--pack-destination", folder];
  return join(folder, execFileSync("npm", args, { cwd: root, encoding: "utf8" }).trim());
}

export interface Registry {
  readonly url: string;
  readonly close: () => Promise<void>;
}

// In a thread of its own: the tests wait for programs that ask it.
const server = `
const { createServer } = require("node:http");
const { parentPort, workerData: { name, packument, tarball } } = require("node:worker_threads");
const server = createServer((request, response) => {
  const path = decodeURIComponent(request.url.split("?")[0]);
  if (path === "/" + name) response.setHeader("content-type", "application/json").end(packument.replaceAll("REGISTRY", "http://" + request.headers.host));
  else if (path === "/" + name + ".tgz") response.end(tarball);
  else response.writeHead(302, { location: "https://registry.npmjs.org" + request.url }).end();
}).listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
`;

/** A registry that has this package, as if it were published, and sends whoever wants another one to npm's. */
export async function startRegistry(): Promise<Registry> {
  const folder = mkdtempSync(join(tmpdir(), "pfha-registry-"));
  const tarball = readFileSync(pack(folder));
  rmSync(folder, { recursive: true, force: true });
  const manifest = JSON.parse(readFileSync(new URL("package.json", root), "utf8")) as { name: string; version: string };
  const { name, version } = manifest;
  const integrity = `sha512-${createHash("sha512").update(tarball).digest("base64")}`;
  const dist = { tarball: `REGISTRY/${name}.tgz`, integrity };
  const packument = { name, "dist-tags": { latest: version }, versions: { [version]: { ...manifest, dist } } };
  const workerData = { name, packument: JSON.stringify(packument), tarball };
  const worker = new Worker(server, { eval: true, workerData });
  const port = await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      await worker.terminate();
    },
  };
}
