/** The catalogue as build/texts.mjs packs it: lines of a key (key.ts) and its text. */
declare module "*/de.ts?catalogue" {
  export const lines: string
}
