/** A text of the lessons as HTML (build/lessons.ts). */
declare module "*.html?lesson" {
  export const text: string
}

/** Where the data sets come from and under which terms (plugins/credits.mjs). */
declare module "*/manifest.json?credits" {
  export const credits: readonly { name: string; source: string; licence: string }[]
}
