import EngineWorker from "./worker?worker&inline"

/** A new worker from the inlined source: frames without an origin of their own cannot load one by address. */
export const spawn = (): Worker => new EngineWorker()
