/** Keeps a viewer from changing what the address locks. Loaded when it locks anything. */
import { locked } from "../embed/lock"
import type { Actions } from "../state"

/** What each action changes. */
const changes: Partial<Record<keyof Actions, string>> = {
  chooseData: "data",
  loadFile: "data",
  loadText: "data",
  chooseColumns: "data",
  setStandardize: "standardize",
  setPlane: "plane",
  setProgram: "program",
  resetProgram: "program",
  newSeed: "seed",
  dragCentroid: "centroids",
  dropCentroid: "centroids",
  cancelDrag: "centroids",
  addPoint: "points",
  removePoint: "points",
  openLesson: "lesson",
  closeLesson: "lesson",
}

/** The same actions, of which those that would change something locked do nothing. */
export function guard(actions: Actions): Actions {
  const guarded = { ...actions } as Record<keyof Actions, unknown>
  for (const [name, what] of Object.entries(changes)) if (locked(what)) guarded[name as keyof Actions] = () => {}
  return {
    ...(guarded as unknown as Actions),
    setParam: (name, value) => {
      if (!locked(name)) actions.setParam(name, value)
    },
    tuneData: (change) => {
      const free = Object.entries(change).filter(([key]) => !locked(key === "seed" ? "dataseed" : key))
      if (free.length > 0) actions.tuneData(Object.fromEntries(free))
    },
  }
}
