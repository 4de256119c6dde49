/**
 * The texts of the interface in English. What stands in `{}` is filled in; where a number `n` decides the form, the
 * form for one stands before the `|` and the one for all others after it.
 *
 * A build puts each text where it is used, so that a page in English loads no catalogue. Other languages (de.ts) are
 * looked up by these texts, as are those of c/defs and datasets/, which are catalogues of their own.
 */
export * from "./en/explore"
export * from "./en/page"
export * from "./en/panels"
export * from "./en/run"
export * from "./en/sharing"
export * from "./en/static"
