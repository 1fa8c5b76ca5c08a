import { compare } from './compare.ts'
import { type Session, startTs } from './session.ts'

/** A session and what is in dispute about it, to be read by a person. */
export function describeSession(session: Session): string {
  const { arrivals, ordered, differences } = compare(session)
  const events = arrivals.map(({ atMs, body }, nth) => {
    const { eventType, playerTime, params, qoeData } = body
    const details = nth === 0 || /^ad|^chapter/.test(eventType) ? startDetails(params) : params
    return [
      secondsOf(playerTime.ts - startTs),
      secondsOf(atMs - arrivals[0]!.atMs),
      String(playerTime.playhead),
      eventType,
      [details, qoeData].map((value) => (value ? JSON.stringify(value) : '')).join(' '),
      String(ordered.events.findIndex((event) => event.nth === nth) + 1 || 'ignored'),
    ]
  })
  const kind = session.isDownloaded ? 'downloaded' : 'online'
  return [
    `${kind}, leapt-over markers ${session.areSeekedMarkersSkipped ? 'left out' : 'counted'}`,
    table(['at (s)', 'arrives (s)', 'playhead (s)', 'event', 'details', 'counts as'], events),
    table(
      ['figure', 'engine', 'oracle'],
      differences.map(({ of, engine, oracle }) => [of, engine, oracle]),
    ),
  ].join('\n\n')
}

function startDetails(params: Readonly<Record<string, unknown>> | undefined): object | undefined {
  const kept = ['media.length', 'media.contentType', 'media.pass.auth'].filter(
    (key) => params?.[key] !== undefined,
  )
  return kept.length === 0 ? undefined : Object.fromEntries(kept.map((key) => [key, params?.[key]]))
}

function secondsOf(ms: number): string {
  return String(ms / 1000)
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`
  return [line(head), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.map(line)].join(
    '\n',
  )
}
