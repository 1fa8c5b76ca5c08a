import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { acceptsBrotli, readDashboardFiles } from './dashboardFiles.ts'
import { pageHeaders, safeHeaders } from './safeHeaders.ts'

/** First parts of the pages' paths. The page itself finds out what is at the rest. */
const pageNames = ['overview', 'content', 'ads', 'chapters', 'quality', 'states', 'sessions', 'health', 'try']

/** How long browsers keep files of the dashboard: their names hold a hash of their content, so they never change. */
const assetMaxAgeS = 31_536_000

/** The dashboard at `/`: one page, whatever the path, and its files. */
export function dashboardRoutes(app: FastifyInstance, basePath: string): void {
  const folder = join(dirname(fileURLToPath(import.meta.resolve('@playhead/dashboard/package.json'))), 'dist')
  const page = readPage(folder, basePath)
  if (page === undefined) {
    app.get('/', (_request, reply) => reply.type('text/plain; charset=utf-8').send(notBuilt))
    return
  }
  const sendPage = (_request: unknown, reply: FastifyReply): FastifyReply =>
    reply
      .headers({ ...pageHeaders, 'cache-control': 'no-cache' })
      .type('text/html; charset=utf-8')
      .send(page)
  app.get('/', sendPage)
  for (const name of pageNames) {
    app.get(`/${name}`, sendPage)
    app.get(`/${name}/*`, sendPage)
  }
  for (const { path, mediaType, plain, brotli } of readDashboardFiles(folder)) {
    app.get(path, (request, reply) => {
      const isBrotli = brotli !== undefined && acceptsBrotli(request.headers['accept-encoding'])
      return reply
        .headers({
          'cache-control': `public, max-age=${assetMaxAgeS}, immutable`,
          vary: 'accept-encoding',
          ...(isBrotli && { 'content-encoding': 'br' }),
          ...safeHeaders,
        })
        .type(mediaType)
        .send(isBrotli ? brotli : plain)
    })
  }
}

const notBuilt = 'The dashboard is not built: npm run build makes it.\n'

/** The page, told where its files are; `undefined` where it was not built. */
function readPage(folder: string, basePath: string): string | undefined {
  try {
    const html = readFileSync(join(folder, 'index.html'), 'utf8')
    return html.replace('<head>', `<head>\n    <base href="${basePath}/" />`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
