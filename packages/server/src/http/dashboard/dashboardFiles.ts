import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import type { Packed } from '../server/sendSmallest.ts'

/** A file of the dashboard besides its page, whole and as it was compressed when it was built. */
export interface DashboardFile extends Packed {
  readonly path: string
  readonly mediaType: string
}

/** How the build calls the compressed copies of a file. */
const copies = { br: '.br', gzip: '.gz' } as const

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
    .filter((name) => !Object.values<string>(copies).includes(extname(name)))
    .map((name) => {
      const mediaType = mediaTypes[extname(name)]
      if (mediaType === undefined) throw new Error(`the dashboard has a file of an unknown type: ${name}`)
      const copy = (extension: string): Buffer | undefined => {
        const path = join(assets, name + extension)
        return existsSync(path) ? readFileSync(path) : undefined
      }
      return {
        path: `/assets/${name}`,
        mediaType,
        plain: readFileSync(join(assets, name)),
        br: copy(copies.br),
        gzip: copy(copies.gzip),
      }
    })
}
