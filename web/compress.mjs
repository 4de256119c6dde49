// Writes compressed copies, .br and .gz, beside the files of dist, or of the folder given, for hosts that serve them.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { brotliCompressSync, gzipSync } from "node:zlib"

const dist = process.argv[2] ?? new URL("dist/", import.meta.url).pathname
for (const name of readdirSync(dist, { recursive: true })) {
  const file = join(dist, name)
  if (/\.(br|gz)$/.test(name) || !statSync(file).isFile()) continue
  const bytes = readFileSync(file)
  writeFileSync(`${file}.br`, brotliCompressSync(bytes))
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
}
