import { createRequire } from 'node:module'

/** Which version this is: `0.1.0`. */
export const { version } = createRequire(import.meta.url)('../package.json') as { readonly version: string }
