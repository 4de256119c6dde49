// Writes compressed copies, .br and .gz, beside the files of dist, for hosts that serve them.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { brotliCompressSync, gzipSync } from "node:zlib"

const dist = new URL("dist/", import.meta.url)
for (const name of readdirSync(dist, { recursive: true })) {
  const file = new URL(name, dist)
  if (/\.(br|gz)$/.test(name) || !statSync(file).isFile()) continue
  const bytes = readFileSync(file)
  writeFileSync(new URL(`${name}.br`, dist), brotliCompressSync(bytes))
  writeFileSync(new URL(`${name}.gz`, dist), gzipSync(bytes, { level: 9 }))
}
