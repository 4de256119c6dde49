import type { Plugin } from "vite"

export function convert(source: string): { html: string; mathml: string }
export function lessons(): Plugin
export function fontLicence(): Plugin
