// Places in a text: bytes in C, UTF-16 units on the page.
import assert from "node:assert/strict"
import { test } from "node:test"
import { load } from "./load.mjs"

const { unitOffsets } = await load("program/offsets.ts")
const bytes = (text) => new TextEncoder().encode(text).length

for (const text of ["", "k = 3\n", "# Größe\nk = 3", "# ∑ of d²\nk = 3", "# 😀 and 👍🏽\nk = 3", "€", "😀"])
  test(`offsets in ${JSON.stringify(text)}`, () => {
    const at = unitOffsets(text)
    for (let i = 0; i <= text.length; i++) {
      const inPair = i > 0 && i < text.length && /[\udc00-\udfff]/.test(text[i])
      if (!inPair) assert.equal(at(bytes(text.slice(0, i))), i)
    }
  })

test("an offset inside a character is that of its start, one beyond the text its end", () => {
  const at = unitOffsets("a😀é")
  assert.deepEqual([1, 2, 3, 4].map(at), [1, 1, 1, 1])
  assert.deepEqual([5, 6, 7, 99].map(at), [3, 3, 4, 4])
  assert.deepEqual([0, 3, 99].map(unitOffsets("abc")), [0, 3, 3])
})
