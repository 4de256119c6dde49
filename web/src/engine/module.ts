import wasmUrl from "../generated/kmeans.wasm?url"

/** The engine, compiled once for the page and its worker. */
export async function compileEngine(): Promise<WebAssembly.Module> {
  const response = await fetch(wasmUrl)
  if (!response.ok) throw new Error(`The engine could not be loaded (${response.status} ${response.statusText}).`)
  // Streaming demands the MIME type, which not every host sets.
  if (response.headers.get("content-type") === "application/wasm") return WebAssembly.compileStreaming(response)
  return WebAssembly.compile(await response.arrayBuffer())
}
