import type { LiveNow } from '@playhead/protocol/reporting'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { accessKey } from '../../query/access.ts'
import { addressOf } from '../../query/fetchJson.ts'

/** How far back the chart of what was seen goes: ten minutes, one look a second. */
const looksMax = 600

export interface Live {
  readonly now: LiveNow | undefined
  /** The looks so far, oldest first. */
  readonly looks: readonly Look[]
  readonly isConnected: boolean
}

/** The open sessions at a moment, epoch milliseconds. */
export interface Look {
  readonly atMs: number
  readonly total: number
  readonly playing: number
}

/** Listen to what is happening now; the browser connects again by itself when the connection is lost. */
export function useLive(): Live {
  const [live, setLive] = useState<Live>({ now: undefined, looks: [], isConnected: false })
  const client = useQueryClient()
  useEffect(() => {
    const source = new EventSource(addressOf('reporting/v1/live'))
    source.addEventListener('now', ({ data }: MessageEvent<string>) => {
      const now = JSON.parse(data) as LiveNow
      const { total, playing, ad } = now.concurrent
      const look = { atMs: Date.parse(now.at), total, playing: playing + ad }
      setLive(({ looks }) => ({ now, looks: [...looks.slice(1 - looksMax), look], isConnected: true }))
    })
    source.addEventListener('error', () => {
      setLive((before) => ({ ...before, isConnected: false }))
      // What is refused is not tried again by the browser: perhaps nobody is signed in any more.
      if (source.readyState === EventSource.CLOSED) void client.invalidateQueries({ queryKey: accessKey })
    })
    return () => source.close()
  }, [client])
  return live
}
