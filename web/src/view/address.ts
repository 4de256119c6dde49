import type { Link } from "../state"

/** The whole address of a link. */
export const addressOf = ({ query, hash }: Pick<Link, "query" | "hash">): string =>
  location.href.replace(/[?#].*$/s, "") + query + hash
