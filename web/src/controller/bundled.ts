import type { DatasetEntry } from "../datasets"

const addresses = import.meta.glob<string>("../../../datasets/*.csv", { query: "?url", import: "default", eager: true })

/** The file of a data set, from the page's own origin. */
export async function fetchDataset({ name, label }: DatasetEntry): Promise<Blob> {
  const response = await fetch(addresses[`../../../datasets/${name}.csv`])
  if (!response.ok) throw new Error(`${label} could not be fetched (${response.status} ${response.statusText}).`)
  return response.blob()
}
