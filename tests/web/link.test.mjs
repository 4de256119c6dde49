// The long state of a link: its text, its versions, its validator.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { deflateRawSync } from "node:zlib"
import { load } from "./load.mjs"

const { decodeHash, encodeHash, LinkError, MOST_BYTES, MOST_TEXT } = await load("address/codec.ts")
const { upgrade, migrations, VERSION } = await load("address/versions.ts")
const { readFields } = await load("address/fields.ts")
const { parseQuery } = await load("address/query.ts")
const { ownData } = await load("address/own.ts")

/** Links as they were written, and what they say: never edited, only added to. */
const recorded = JSON.parse(readFileSync(new URL("links.json", import.meta.url), "utf8"))
const pack = (text, version = VERSION) => `#s${version}=${deflateRawSync(text).toString("base64url")}`
const refused = (hash, message) => assert.rejects(decodeHash(hash), (error) => error instanceof LinkError && message.test(error.message), hash.slice(0, 60))

test("what was written is read", async () => {
  const fields = { program: "k = 3\n# π 𝜋\n", step: 7, zoom: [2.5, -0.1, -1.25], start: [0.1, 1e-310, -5e300], regions: false }
  const hash = await encodeHash(fields)
  assert.match(hash, /^#s1=[\w-]+$/)
  assert.deepEqual(await decodeHash(hash), fields)
})

for (const { version, query, hash, says } of recorded)
  test(`a link of version ${version}: ${query || hash.slice(0, 30)}`, async () => {
    const { wanted, problems } = parseQuery(query)
    assert.deepEqual(problems, [])
    const fields = hash ? await decodeHash(hash) : upgrade({}, version)
    const long = readFields(Object.entries(fields), { current: wanted.data, long: true, strict: true })
    assert.deepEqual(long.problems, [])
    const all = { ...wanted, ...long.wanted, params: { ...wanted.params, ...long.wanted.params } }
    assert.deepEqual(JSON.parse(JSON.stringify(all, (_, value) => (value instanceof Float64Array ? [...value] : value))), says)
  })

test("each version has a way to the next, and a recorded link", () => {
  for (let version = 0; version < VERSION; version++) assert.equal(typeof migrations[version], "function")
  for (let version = 0; version <= VERSION; version++) assert.ok(recorded.some((link) => link.version === version), `version ${version}`)
  const table = { 1: ({ at, ...rest }) => ({ ...rest, step: at }), 2: (fields) => ({ ...fields, speed: 2 }) }
  assert.deepEqual(upgrade({ at: 4, made: 9 }, 1, table, 3), { made: 9, step: 4, speed: 2 })
  assert.deepEqual(upgrade({ step: 4 }, 2, table, 3), { step: 4, speed: 2 })
  assert.throws(() => upgrade({}, 1, {}, 2), /no way from version 1/)
})

test("a hash that is no link is left alone, a hostile one is refused", async () => {
  for (const hash of ["", "#", "#maths-title", "#javascript:alert(1)"]) assert.equal(await decodeHash(hash), null)
  await refused("#s=%7B%22k%22:1e400%7D", /nothing that this page writes/)
  await refused(`#s${VERSION + 1}=AAAA`, /newer version/)
  await refused("#s0=AAAA", /never was such a version/)
  await refused("#s1=", /not whole/)
  await refused("#s1=%00", /not whole/)
  await refused("#s1=AAAAA", /not whole/)
  await refused("#s1=YT9iPmM", /cannot be unpacked/)
  await refused(pack('{"step":7}').slice(0, -3), /cannot be unpacked|not whole/)
  for (const text of ["[1]", "null", "7", '"step"', "{", "", "{'step':1}"]) await refused(pack(text), /this page does not write/)
  await refused(`#s1=${deflateRawSync(Buffer.from([0x7b, 0xed, 0xa0, 0x80, 0x7d])).toString("base64url")}`, /cannot be unpacked/)
  await refused(`#s1=${"A".repeat(MOST_TEXT)}`, /more than 65,536 characters/)
})

test("a bomb is put out as soon as it is larger than a link may be", async () => {
  const bomb = pack(Buffer.alloc(50e6, 0x20))
  assert.ok(bomb.length < MOST_TEXT, `${bomb.length}`)
  const before = process.memoryUsage().arrayBuffers
  await refused(bomb, /larger than 1 MiB/)
  assert.ok(process.memoryUsage().arrayBuffers - before < 20 * MOST_BYTES)
  assert.equal(await encodeHash({ program: "x".repeat(MOST_BYTES) }), null)
})

test("each value of a link goes through the validator of the query", () => {
  const bad = {
    k: [2.5, -1, 1e9, Number.POSITIVE_INFINITY, "zwei", null, [3], { valueOf: 3 }],
    seed: [2 ** 64, "18446744073709551616"],
    data: ["own", "__proto__", 3, null],
    step: [-1, 1.5, 200002, "1e400", null],
    speed: [0, -1, "fast", null],
    program: [7, null, "x".repeat(16385), ["k = 3"]],
    own: [null, "csv", {}, { name: "a", csv: "x\n1", columns: "x", label: "" }, { name: "a".repeat(201), csv: "", columns: [], label: "" }],
    plane: ["columns", [1], [1, 2, 3], [0.5, 1], [Number.NaN, 1]],
    zoom: [2, [0.5, 0, 0], [2, 0.1, 0], [2, -1.1, 0], [101, 0, 0], [2, "0", 0]],
    start: [[], ["1"], [Number.POSITIVE_INFINITY], new Array(10_001).fill(0), 3],
    raced: [2, "yes"],
    made: [-1],
    lesson: ["rings", 3],
    theme: ["neon"],
    regions: [2],
  }
  for (const [key, values] of Object.entries(bad))
    for (const value of values) {
      const { wanted, problems } = readFields([["seed", 5], [key, value]].slice(key === "seed" ? 1 : 0), { long: true })
      assert.equal(problems.length, 1, `${key}: ${JSON.stringify(value)}`)
      assert.ok(problems[0].startsWith(`${key} must`), problems[0])
      assert.equal(wanted[key], undefined)
      assert.deepEqual(wanted.params, key === "seed" ? {} : { seed: 5 })
    }
  for (const key of ["__proto__", "constructor", "toString", "zzz"])
    assert.deepEqual(readFields([[key, 1]], { long: true, strict: true }).problems, [`there is nothing called “${key}”`])
  // What only links say is nothing to a query.
  assert.deepEqual(parseQuery("?program=k&own=1&start=1&made=3"), { wanted: { params: {} }, problems: [] })
  assert.deepEqual(readFields([["k", "4"], ["regions", false], ["speed", "max"], ["noise", 1e-7]], {}).wanted, {
    params: { k: 4 },
    regions: false,
    speed: Number.POSITIVE_INFINITY,
    noise: 1e-7,
  })
})

test("own data become a CSV with the same doubles, names that can be read, and their labels", () => {
  const info = { name: "Mine", n: 2, d: 2, names: ['a "b", c', "2019"], label: "kind", labelTexts: ["x, y", " z"] }
  const own = ownData(info, { columns: Float64Array.of(0.1 + 0.2, 1e-300, -5, 3), truth: Int32Array.of(1, 0) })
  assert.deepEqual(own.columns, ['a "b", c', "column 2019"])
  assert.equal(own.csv, '"a ""b"", c",column 2019,kind\n0.30000000000000004,-5," z"\n1e-300,3,"x, y"')
  assert.equal(own.label, "kind")
  assert.equal(ownData({ ...info, label: null }, { columns: new Float64Array(4), truth: null }).label, "")
})
