import type { Names } from "./protocol"
import { breathe, type Check, inSlices } from "./queue"
import { Session } from "./session"
import type { Block, Wasm } from "./wasm/memory"
import { Program } from "./wasm/program"

/** Large enough for the paths that a million points take, and few enough for those of a handful. */
const MANY = 20_000
const FEW = 500
/** Browsers compile a function in full after it has run for a while. */
const ROUNDS = 9
const K = 10
const SIDE = 256
/**
 * Memory that is asked of the system and touched before there is something to put in it: for each point what labels to
 * fade and to drag take, up to a limit. A page of notes has many frames, of few points each.
 */
const SPARE = { point: 32, most: 32 * 2 ** 20 }
const TOUCHED = 2 ** 20

/**
 * Does with data of its own what a person will with the `points` that are loaded, in a session of its own: data, runs,
 * their end, pictures, a drag.
 */
export async function warmUp(wasm: Wasm, names: Names, points: number, check: Check): Promise<void> {
  await touch(wasm, Math.min(SPARE.point * points, SPARE.most), check)
  const session = new Session(wasm, names)
  const program = new Program(wasm)
  try {
    program.parse(new Uint8Array(), 0)
    const defaults = program.values(names.params)
    const { view } = session
    view.resize(SIDE, SIDE)
    view.palette({ clusters: [0xff0000ff, 0xffff0000], unassigned: 0xff808080, paper: 0xffffffff, accent: 0xff6b6217 })
    for (let round = 0; round < ROUNDS; round++) {
      const n = round % 3 === 0 ? FEW : MANY
      const source = { kind: "shape", name: "", shape: 0, n, noise: 0.6, dial: 3, seed: round } as const
      await session.load({ source, standardize: false, plane: null }, check, () => {})
      const params = { ...defaults, k: K, seed: round }
      await session.start({ program: "", params, centroids: null, raced: null }, check, () => {})
      await session.finish(check)
      if (n === FEW) session.metrics()
      draw(session, n)
      await breathe()
      check()
    }
  } finally {
    program.free()
    session.free()
  }
}

async function touch(wasm: Wasm, bytes: number, check: Check): Promise<void> {
  const spare = wasm.alloc(bytes)
  let at = 0
  try {
    await inSlices(
      () => {
        wasm.bytes(spare.at + at, Math.min(TOUCHED, bytes - at)).fill(0)
        at += TOUCHED
        return at < bytes
      },
      check,
      () => {},
    )
  } finally {
    spare.free()
  }
}

/** The end of the run as a cross-fade, and a centroid dragged. */
function draw(session: Session, n: number): void {
  const { view, engine, labels, cells, history } = session
  const [x0, y0, x1, y1] = view.bounds
  const scale = SIDE / Math.max(x1 - x0, y1 - y0)
  view.camera({ sx: scale, tx: -scale * x0, sy: -scale, ty: scale * y1 })
  const last = history.frames.length - 1
  const { centroids, drawn } = history.frames[last]
  const picture = (now: Block | null, before: Block | null, blend: number) => {
    view.clear()
    view.regions(engine, centroids, 1, 0.1, 0.3)
    view.points(now, before, blend, n === FEW ? 3 : 0.5, 0.75, before !== null)
  }
  picture(labels.at(last), labels.at(0), 0.5)
  picture(labels.at(last), labels.at(1), 0.5)
  const boxes = cells.at(last)
  if (boxes) view.cells(boxes, 1)
  for (let move = 0; move < 3; move++) {
    const moved = drawn.map((value, i) => (i < 2 ? value + 0.1 * move : value))
    session.preview({ drawn: moved, from: centroids })
    picture(session.previewed?.labels ?? null, null, 1)
  }
}
