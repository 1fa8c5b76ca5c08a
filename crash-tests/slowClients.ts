import { connectRaw, type RawConnection, rawPost } from '@playhead/testing/server/rawConnection.ts'
import { temporaryDataDir } from '@playhead/testing/server/startServer.ts'
import { Host, quickSettings } from './host.ts'
import { measure, percentile99 } from './latency.ts'
import { mebibytes, watchMemory } from './memoryWatch.ts'
import { playOut } from './scenario.ts'
import type { Trial } from './trial.ts'

/** What a slow client has sent when it slows down; it goes on a byte at a time, or not at all. */
const openings = [
  '',
  'POST /api/v1/sessions HTTP/1.1\r\nHost:',
  rawPost('/api/v1/sessions', '{"eventType":', 4000),
  rawPost('/api/v1/downloaded', '[{"eventType":', 8_000_000),
  'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n',
] as const
const connectsAtOnce = 100
const measureMs = 10_000
const dribbleIntervalMs = 1000
/** Players give up after so long; judged in the full run only, for a machine may be busy with others. */
const patienceMs = 5000
const connectionsToJudge = 10_000

/** Connections that idle and dribble, and players beside them. */
export const slowClients: Trial = {
  id: 'slow-clients',
  name: 'connections that idle, or send a byte a second of a head or a body, beside players',
  full: 10_000,
  short: 500,
  unit: 'connections',
  async run({ count, random }) {
    const folder = await temporaryDataDir()
    const host = new Host(folder.path, quickSettings)
    return playOut({
      host,
      random,
      cleanUp: () => folder.remove(),
      async happen(ledger, wrong) {
        const { url } = await host.server()
        const memory = watchMemory(host)
        const alone = await measure(host.line, measureMs)
        const slow = await keepSlow(url, count)
        const beside = await measure(host.line, measureMs)
        const { open, closed } = slow.stop()
        memory.stop()
        if (ledger.unavailable > 0) wrong.push(`${ledger.unavailable} events of players got 503`)
        if (beside.length === 0) wrong.push('players were not answered')
        const longestMs = Math.max(...beside)
        if (count >= connectionsToJudge && longestMs > patienceMs)
          wrong.push(`a player waited ${Math.round(longestMs)} ms`)
        return `${open} open in the end, ${closed} had been closed for their slowness and come again; p99 of players ${percentile99(alone).toFixed(0)} ms alone, ${percentile99(beside).toFixed(0)} ms beside them; ${mebibytes(memory.maxBytes)} of memory at most`
      },
    })
  },
}

/** Open so many, and let those dribble that have begun to send. Where the server closes one, open another. */
async function keepSlow(url: string, count: number): Promise<{ stop(): { open: number; closed: number } }> {
  const connections = new Set<RawConnection>()
  let isStopped = false
  let closed = 0
  const timer = setInterval(dribble, dribbleIntervalMs)
  for (let opened = 0; opened < count; opened += connectsAtOnce) {
    const numbers = Array.from({ length: Math.min(connectsAtOnce, count - opened) }, (_, nth) => opened + nth)
    await Promise.all(numbers.map(connectOne))
  }
  return {
    stop() {
      clearInterval(timer)
      isStopped = true
      const open = connections.size
      for (const { socket } of connections) socket.destroy()
      return { open, closed }
    },
  }

  async function connectOne(number: number): Promise<void> {
    const connection = await connectRaw(url, openings[number % openings.length])
    if (isStopped) connection.socket.destroy()
    connections.add(connection)
    void replaceWhenClosed(connection, number)
  }

  async function replaceWhenClosed(connection: RawConnection, number: number): Promise<void> {
    await connection.closed
    connections.delete(connection)
    if (isStopped) return
    closed += 1
    // A client like this does not mind where it is not let in.
    await connectOne(number).catch(() => {})
  }

  function dribble(): void {
    for (const { socket } of connections) if (socket.bytesWritten > 0) socket.write('1')
  }
}
