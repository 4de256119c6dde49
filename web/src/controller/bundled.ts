import type { DatasetEntry } from "../datasets"
import * as en from "../text/en"
import { t } from "../text/text"

const addresses = import.meta.glob<string>("../../../datasets/*.csv", { query: "?url", import: "default", eager: true })

/** The file of a data set, from the page's own origin. */
export async function fetchDataset({ name, label }: DatasetEntry): Promise<Blob> {
  const response = await fetch(addresses[`../../../datasets/${name}.csv`])
  if (!response.ok)
    throw new Error(t(en.notFetched, { label, status: response.status, statusText: response.statusText }))
  return response.blob()
}
