import { afterEach, expect, test } from 'vitest'
import { eventBody, post, startBody } from '@playhead/testing/player.ts'
import { type Server, startServer, temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { until } from '@playhead/testing/server/until.ts'

const cleanUps: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const undo of cleanUps.splice(0).toReversed()) await undo()
})

/** So small that what a flood sends in seconds would fill it several times over. */
const env = {
  NODE_OPTIONS: '--max-old-space-size=128',
  PLAYHEAD_CLIENT_RATE_MAX_BYTES_PER_S: '0',
  PLAYHEAD_CLIENT_RATE_MAX_PER_S: '0',
}

/** Starts of 40 KB, sixteen at a time, until a hundred have been refused one after the other. */
async function flood(url: string): Promise<{ readonly opened: string[]; readonly refused: Set<string> }> {
  const customMetadata = Object.fromEntries(
    Array.from({ length: 45 }, (_, nth) => [`k${nth}`, 'm'.repeat(900)]),
  )
  const opened: string[] = []
  const refused = new Set<string>()
  let refusedInARow = 0
  const one = async (): Promise<void> => {
    while (refusedInARow < 100) {
      const answer = await post(`${url}/api/v1/sessions`, { ...startBody(Date.now()), customMetadata })
      if (answer.status === 201) {
        opened.push(answer.headers.get('location') ?? '')
        refusedInARow = 0
      } else {
        const { errors } = (await answer.json()) as { errors: { code: string }[] }
        refused.add(`${answer.status} ${errors[0]?.code} ${answer.headers.get('retry-after')}`)
        refusedInARow += 1
      }
    }
  }
  await Promise.all(Array.from({ length: 16 }, one))
  return { opened, refused }
}

async function lagOf({ url }: Server): Promise<unknown> {
  return ((await (await fetch(`${url}/readyz`)).json()) as { storeLagRecords: unknown }).storeLagRecords
}

test('a flood of large starts fills no heap, neither at once nor after a crash', async () => {
  const folder = await temporaryDataDir()
  cleanUps.push(folder.remove)
  const server = await startServer(folder.path, env)
  cleanUps.push(() => server.crash())
  const { opened, refused } = await flood(server.url)
  expect(opened.length).toBeGreaterThan(100)
  expect([...refused]).toEqual(['503 sessions_too_many 1'])
  await server.crash()

  const again = await startServer(folder.path, env)
  cleanUps.push(() => again.crash())
  await until('all to be stored', async () => (await lagOf(again)) === 0)
  for (const location of opened.slice(0, 100)) {
    const end = await post(`${again.url}${location}/events`, eventBody('sessionEnd', Date.now(), 1))
    expect(end.status).toBe(204)
  }
  await until(
    'room',
    async () => (await post(`${again.url}/api/v1/sessions`, startBody(Date.now()))).status === 201,
  )
  expect(await again.stop()).toBe(0)
})
