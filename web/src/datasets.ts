/** The real data sets of datasets/, as the page offers them. */
import manifest from "../../datasets/manifest.json"
import { shapes } from "./generated/tables"

/** An entry of datasets/manifest.json, but for its credits (lessons/credits.ts). */
export interface DatasetEntry {
  /** Its name in the URL and of its file. */
  name: string
  label: string
  story: string
  /** Number of groups that are known or plain to see. */
  k: number
  /** Whether its columns are standardized unless someone says otherwise. */
  standardize: boolean
  /** Name of the true-label column, or "". */
  truth: string
}

export const datasets: readonly DatasetEntry[] = manifest

/** What is known of a choice of the Dataset control: its number of groups and whether it is standardized by default. */
export function traitsOf(name: string): { k: number | null; standardize: boolean } {
  const found = shapes.find((shape) => shape.name === name) ?? datasets.find((entry) => entry.name === name)
  return { k: found?.k ?? null, standardize: found && "standardize" in found ? found.standardize : false }
}
