import type { Plugin } from "vite"

export function pairs(): Map<string, string>
export function pack(texts: Iterable<readonly [string, string]>): string
export function texts(): Plugin
