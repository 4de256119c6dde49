/** The statuses that mean something here, by their number in c/defs/status.def (tests/web/session.test.mjs compares). */
export const status = { OK: 0, MORE: 1, ERR_EMPTY_DATA: 4, ERR_PROGRAM: 14 } as const
