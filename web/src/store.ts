import { computed, signal } from "@preact/signals-core"
import type {
  Camera,
  CellCount,
  DataInfo,
  Frame,
  Metrics,
  ParamValues,
  PlaneInfo,
  RestartInfo,
} from "./engine/protocol"
import { params, shapes } from "./generated/tables"
import type {
  DataChoice,
  Diagnostic,
  Emphasis,
  Held,
  Link,
  OpenLesson,
  PointerMode,
  Problem,
  Stage,
  Store,
  ThemeChoice,
  Zoom,
} from "./state"

/** A shape as its table has it. */
export function shapeChoice(name: string): DataChoice {
  const shape = shapes.find((entry) => entry.name === name)
  return { name, n: shape?.n ?? 0, noise: shape?.noise ?? 0, dial: shape?.dial.default ?? 0, seed: 0 }
}

/** What a page without a query shows. */
export const defaultChoice = shapeChoice(shapes[0].name)

/** The store as its only writer, the controller, sees it. */
export function createSignals(theme: ThemeChoice) {
  const frames = signal<Frame[]>([])
  const cursor = signal(0)
  return {
    phase: signal<"loading" | "ready" | "failed">("loading"),
    data: signal<DataChoice>(defaultChoice),
    info: signal<DataInfo | null>(null),
    plane: signal<PlaneInfo | null>(null),
    standardize: signal(false),
    program: signal(""),
    diagnostics: signal<Diagnostic[]>([]),
    params: signal<ParamValues>(Object.fromEntries(params.map((param) => [param.name, param.default]))),
    programStale: signal(false),
    running: signal(""),
    functions: signal<Record<string, string>>({}),
    frames,
    cursor,
    frame: computed(() => frames.value[cursor.value] ?? null),
    progress: signal(1),
    playing: signal(false),
    restarts: signal<{ list: RestartInfo[]; best: number }>({ list: [], best: 0 }),
    busy: signal<{ done: number; total: number } | null>(null),
    reading: signal<{ name: string; done: number; total: number } | null>(null),
    metrics: signal<Metrics | null>(null),
    preview: signal<{ drawn: Float64Array; sizes: number[]; inertia: number } | null>(null),
    held: signal<Held | null>(null),
    stage: signal<Stage>("run"),
    speed: signal(2),
    regions: signal(true),
    trails: signal(true),
    cells: signal(false),
    cellsDrawn: signal<CellCount | null>(null),
    pointerMode: signal<PointerMode>("move"),
    theme: signal<ThemeChoice>(theme),
    zoom: signal<Zoom>({ scale: 1, x: 0, y: 0 }),
    camera: signal<Camera | null>(null),
    lit: signal(-1),
    lesson: signal<OpenLesson | null>(null),
    emphasis: signal<Emphasis | null>(null),
    link: signal<Link | null>(null),
    status: signal(""),
    problem: signal<Problem | null>(null),
  } satisfies Store
}

export type Signals = ReturnType<typeof createSignals>
