import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { readDashboardFiles } from './dashboardFiles.ts'
import { refuseOtherMethods } from '../server/methods.ts'
import { pageHeaders, safeHeaders } from '../server/safeHeaders.ts'
import { sendSmallest } from '../server/sendSmallest.ts'

const folder = join(dirname(fileURLToPath(import.meta.resolve('@playhead/dashboard/package.json'))), 'dist')

/** First parts of the pages' paths. The page itself finds out what is at the rest. */
const pageNames = ['overview', 'content', 'ads', 'chapters', 'quality', 'states', 'sessions', 'health', 'try']

/** How long browsers keep files of the dashboard: their names hold a hash of their content, so they never change. */
const assetMaxAgeS = 31_536_000

/** Parts of the server that speak JSON alone, also to a browser. */
const apiPath = /^\/(api|reporting|assets)(\/|\?|$)/

/** Answers a browser that asks for a page that there is not; `false` for whoever else asks for whatever else. */
export type SendPageUnknown = (request: FastifyRequest, reply: FastifyReply) => boolean

/** The dashboard says that there is no such page, and has its menu beside it. */
export function pageUnknown(basePath: string): SendPageUnknown {
  const pages = new Map([...new Set(['', basePath])].map((base) => [base, readPage(base)]))
  return ({ method, url, headers }, reply) => {
    const base = url.startsWith(`${basePath}/`) ? basePath : ''
    const page = pages.get(base)
    const isBrowser = method === 'GET' && (headers.accept ?? '').includes('text/html')
    if (page === undefined || !isBrowser || apiPath.test(url.slice(base.length))) return false
    void sendPage(reply.code(404), page)
    return true
  }
}

/** The dashboard at `/`: one page, whatever the path, and its files. */
export function dashboardRoutes(app: FastifyInstance, basePath: string): void {
  const page = readPage(basePath)
  if (page === undefined) {
    app.get('/', (_request, reply) => reply.type('text/plain; charset=utf-8').send(notBuilt))
    return
  }
  for (const path of ['/', ...pageNames.flatMap((name) => [`/${name}`, `/${name}/*`])]) {
    app.get(path, (_request, reply) => sendPage(reply, page))
    refuseOtherMethods(app, path, ['GET', 'HEAD'])
  }
  for (const file of readDashboardFiles(folder)) {
    app.get(file.path, (request, reply) => {
      void reply
        .headers({ 'cache-control': `public, max-age=${assetMaxAgeS}, immutable`, ...safeHeaders })
        .type(file.mediaType)
      return sendSmallest(request, reply, file)
    })
    refuseOtherMethods(app, file.path, ['GET', 'HEAD'])
  }
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply
    .headers({ ...pageHeaders, 'cache-control': 'no-cache' })
    .type('text/html; charset=utf-8')
    .send(page)
}

const notBuilt = 'The dashboard is not built: npm run build makes it.\n'

/** The page, told where its files are; `undefined` where it was not built. */
function readPage(basePath: string): string | undefined {
  try {
    const html = readFileSync(join(folder, 'index.html'), 'utf8')
    return html.replace('<head>', `<head>\n    <base href="${basePath}/" />`)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
