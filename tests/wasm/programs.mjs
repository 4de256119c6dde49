// Programs on the engine of a test: compiled, and with the kernel of their own distance.
import assert from "node:assert/strict"

/** Compiles a text and gives it to the engine; throws with the diagnostics of a bad one. */
export function useProgram(engine, text) {
  const { x } = engine
  const p = x.km_program_create()
  const bytes = new TextEncoder().encode(text)
  new Uint8Array(x.memory.buffer).set(bytes, x.km_program_text(p))
  const errors = x.km_program_parse(p, bytes.length)
  const messages = Array.from({ length: x.km_program_diagnostics(p) }, (_, i) => engine.text(x.km_diagnostic_message(p, i)))
  if (errors === 0) engine.check(x.km_use_program(engine.e, p))
  x.km_program_destroy(p)
  if (errors) throw new Error(`${text}\n${messages.join("\n")}`)
}

/** Emits, validates, instantiates and hands over the kernel; its size. */
export function useKernel(engine) {
  const { x } = engine
  const size = x.km_emit_kernel(engine.e)
  assert.ok(size > 0, "a kernel is emitted")
  const bytes = new Uint8Array(x.memory.buffer, x.km_emitted_bytes(engine.e), size).slice()
  assert.ok(WebAssembly.validate(bytes))
  const kernel = new WebAssembly.Module(bytes)
  for (const { name, kind } of WebAssembly.Module.imports(kernel)) assert.ok(name === "memory" ? kind === "memory" : /^km_lane_/.test(name))
  const table = x.__indirect_function_table
  const slot = table.grow(1)
  table.set(slot, new WebAssembly.Instance(kernel, { e: x }).exports.nearest)
  x.km_use_kernel(engine.e, slot)
  return size
}
