import type { Source } from "./engine/protocol"
import { shapes } from "./generated/tables"
import type { DataChoice } from "./state"

/** Where the points of a choice come from that names a shape. */
export function shapeSource({ name, n, noise, dial, seed }: DataChoice): Extract<Source, { kind: "shape" }> {
  const shape = shapes.findIndex((entry) => entry.name === name)
  return { kind: "shape", name: shapes[shape].label, shape, n, noise, dial, seed }
}
