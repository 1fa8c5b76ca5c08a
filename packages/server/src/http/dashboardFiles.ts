import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'

/** A file of the dashboard besides its page, whole and as it was compressed when it was built. */
export interface DashboardFile {
  readonly path: string
  readonly mediaType: string
  readonly plain: Buffer
  readonly brotli: Buffer | undefined
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/**
 * All of them, to be kept: they are less than a megabyte together. A request for a file that is on the disk would open it,
 * and whoever asks often enough without reading the answers would take the open files that the journal needs.
 */
export function readDashboardFiles(folder: string): readonly DashboardFile[] {
  const assets = join(folder, 'assets')
  return readdirSync(assets)
    .filter((name) => extname(name) !== '.br')
    .map((name) => {
      const mediaType = mediaTypes[extname(name)]
      if (mediaType === undefined) throw new Error(`the dashboard has a file of an unknown type: ${name}`)
      const compressed = join(assets, `${name}.br`)
      return {
        path: `/assets/${name}`,
        mediaType,
        plain: readFileSync(join(assets, name)),
        brotli: existsSync(compressed) ? readFileSync(compressed) : undefined,
      }
    })
}

/** Whether an `Accept-Encoding` names Brotli, and not with a weight of 0. */
export function acceptsBrotli(header: string | readonly string[] | undefined): boolean {
  const encodings = String(header ?? '')
    .toLowerCase()
    .split(',')
    .map((encoding) => encoding.replaceAll(' ', ''))
  return encodings.some((encoding) => encoding === 'br' || /^br;q=(?!0(\.0*)?$)/.test(encoding))
}
