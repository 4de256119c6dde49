/** A text of the lessons as HTML (build/lessons.ts). */
declare module "*.html?lesson" {
  export const text: string
}
