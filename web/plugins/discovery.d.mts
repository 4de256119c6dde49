import type { Plugin } from "vite"

export function discovery(site?: string): Plugin | null
