// The command as tests call it. KMEANS_BIN names another build.
import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

const bin = process.env.KMEANS_BIN ?? new URL("../../build/kmeans", import.meta.url).pathname
const folder = mkdtempSync(join(tmpdir(), "kmeans-cli-"))
process.on("exit", () => rmSync(folder, { recursive: true }))

/** Runs `kmeans` with these arguments, text or bytes on standard input, and at most so many kilobytes of memory. */
export function kmeans(args, input = "", kilobytes = "unlimited") {
  const command = ["-c", 'ulimit -v "$1"; shift; exec "$@"', "sh", String(kilobytes), bin, ...args]
  const { status, stdout, stderr, error } = spawnSync("sh", command, { input, encoding: "utf8", maxBuffer: 1 << 28, cwd: folder })
  if (error) throw error
  return { status, stdout, stderr }
}

/** The parsed JSON of a run that must succeed. */
export function result(args, input) {
  const { status, stdout, stderr } = kmeans([...args, "--json"], input)
  if (status !== 0) throw new Error(`status ${status}: ${stderr}`)
  return JSON.parse(stdout)
}

/** Writes a file into the folder the command runs in and returns its name. */
export function file(name, content) {
  writeFileSync(join(folder, name), content)
  return name
}
