import { defineConfig, type Plugin } from "vite"
import { lessons } from "./build/lessons.mjs"

/** Nothing from elsewhere, no inline script or style; the worker is a blob because sandboxed frames allow no other. */
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "worker-src blob:",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ")

/** Only in the build: the development server injects styles and a socket that the policy forbids. */
function contentSecurityPolicy(): Plugin {
  return {
    name: "content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      { tag: "meta", attrs: { "http-equiv": "Content-Security-Policy", content: policy }, injectTo: "head-prepend" },
    ],
  }
}

export default defineConfig({
  base: "./",
  plugins: [contentSecurityPolicy(), lessons()],
  build: {
    target: "es2022",
    // A data: address could not be fetched under the policy, and would weigh on the first script.
    assetsInlineLimit: 0,
    license: { fileName: "licenses.txt" },
    // The helper that preloads the chunks of a chunk costs more of the first script than it saves later.
    modulePreload: false,
  },
  worker: { format: "iife" },
  server: { fs: { allow: [".."] } },
})
