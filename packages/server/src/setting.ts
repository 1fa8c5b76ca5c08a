import { isIP } from 'node:net'
import { clip } from '@playhead/protocol'
import { parseSessionKeys } from './events/sessionKeys.ts'

/** One setting of the server: an environment variable, its name with the prefix `PLAYHEAD_`. */
export interface Setting {
  /** As it would be written in the environment; `undefined` where there is none. */
  readonly default: string | undefined
  /** One line for `docs/operating.md`. */
  readonly help: string
  /** Throws a `RangeError` that says what the setting takes. */
  readonly check: (value: string) => void
}

/** Every setting there is. Limits carry their unit at the end of their name. */
export const settings = {
  HOST: setting('Address to listen on.', '127.0.0.1', nonEmpty),
  PORT: setting('Port to listen on; 0 takes a free one.', '8080', integer(0, 65_535)),
  DATA_DIR: setting(
    'Folder for the journal, the checkpoint, the session keys and the embedded store; relative to the working directory.',
    './data',
    nonEmpty,
  ),
  BASE_PATH: setting(
    'Prefix in front of all paths, as in `/va`; the paths without it work too.',
    '',
    matching(/^(\/[A-Za-z0-9._~-]+)*$/, 'a path such as /va, without a slash at its end'),
  ),
  VALIDATION: setting(
    'What is refused: `documented`, `strict` (unknown keys too) or `lenient` (only what cannot be processed).',
    'documented',
    matching(/^(documented|strict|lenient)$/, 'documented, strict or lenient'),
  ),
  COLLECT_ORG_IDS: setting(
    'Organisation ids (`visitor.marketingCloudOrgId`) whose sessions are taken, comma separated; empty takes all.',
    '',
    listed(anything),
  ),
  COLLECT_REPORT_SUITES: setting(
    'Report suites (`analytics.reportSuite`) whose sessions are taken, comma separated; empty takes all. Of a session with several, all have to be listed.',
    '',
    listed(anything),
  ),
  COLLECT_ORIGINS: setting(
    'Origins of the web pages whose sessions are taken, comma separated: `https://www.example.com`; empty takes all. What sends no `Origin`, as apps do, is taken all the same.',
    '',
    listed(origin),
  ),
  CLICKHOUSE_URL: setting(
    'ClickHouse server to store in, as `http://user:password@host:8123/database`; without it one is embedded.',
    undefined,
    httpUrl,
  ),
  TLS_CERT_FILE: setting(
    'Certificate to answer https with, as PEM, those that it was made by behind it; with `PLAYHEAD_TLS_KEY_FILE`. Both are read again when they change.',
    undefined,
    nonEmpty,
  ),
  TLS_KEY_FILE: setting('Key of the certificate, as PEM.', undefined, nonEmpty),
  TRUSTED_PROXIES: setting(
    'Addresses of the proxies in front, comma separated: `10.0.0.7` or `10.0.0.0/8`. What they say of the client in `X-Forwarded-For`, `-Proto` and `-Host` is believed, and of nobody else.',
    '',
    listed(network),
  ),
  API_TOKEN: setting(
    'A token for everything that needs one, of 32 characters or more (`openssl rand -hex 32`), beside those of the tokens file.',
    undefined,
    matching(/^[A-Za-z0-9._~+/=-]{32,1024}$/, '32 to 1024 of the characters A-Z a-z 0-9 . _ ~ + / = -'),
  ),
  TOKENS_FILE: setting(
    'File with the hashes of the tokens, which `playhead token` writes. Without it `tokens.json` in the data folder.',
    undefined,
    nonEmpty,
  ),
  SESSION_KEYS: setting(
    'Secrets that session ids are signed with, as `id:hex,id:hex`: an id from 0 to 65535 and at least 32 bytes (`openssl rand -hex 32`). The first signs, all are honoured. Without it `session-keys` in the data folder is used, and made on first start.',
    undefined,
    (value) => void parseSessionKeys(value),
  ),
  EVENT_BODY_MAX_BYTES: setting(
    'Largest body of a session start or an event. Real ones stay below 5 KB.',
    '65536',
    integer(1024, 16_777_216),
  ),
  SESSION_IDLE_TIMEOUT_S: setting(
    'A session without any event for so long is closed.',
    '600',
    integer(1, 86_400),
  ),
  SESSION_STILL_TIMEOUT_S: setting(
    'A session whose playhead has not moved for so long is closed.',
    '1800',
    integer(1, 86_400),
  ),
  SESSION_AGE_MAX_S: setting('A session is closed at this age.', '86400', integer(1, 604_800)),
  SESSION_GRACE_S: setting(
    'Added to the three above before a session is cut off, so that a player that ends it exactly on time wins.',
    '60',
    integer(0, 3600),
  ),
  REORDER_WINDOW_MS: setting(
    'How long an event waits for earlier ones of its session that are still under way.',
    '5000',
    integer(0, 60_000),
  ),
  PROGRESS_MARKERS: setting(
    'When a progress marker counts: `reached` by the playhead, or `watched` (those leapt over are left out).',
    'reached',
    matching(/^(reached|watched)$/, 'reached or watched'),
  ),
  SEGMENT_MINUTES: setting(
    'Grid of the content segment: with 5 minutes `[0-5]`, `[5-10]`, as the API documents it; its own sample has 1.',
    '5',
    integer(1, 60),
  ),
  DOWNLOAD_BODY_MAX_BYTES: setting(
    'Largest body of a downloaded session. A day of playback is about 250 KB.',
    '8388608',
    integer(1024, 67_108_864),
  ),
  CHECKPOINT_INTERVAL_S: setting(
    'How often the open sessions are written down at most, and so how much of the journal a restart reads again.',
    '60',
    integer(1, 3600),
  ),
  RETENTION_EVENTS_DAYS: setting(
    'How long the archive of events is kept; 0: for ever. Without its events a session keeps its numbers, but nothing explains them and they cannot be made anew.',
    '0',
    retentionDays,
  ),
  RETENTION_SESSIONS_DAYS: setting(
    'How long sessions are kept, with their ads and chapters, from their start; 0: for ever.',
    '0',
    retentionDays,
  ),
  RETENTION_DIAGNOSTICS_DAYS: setting(
    'How long warnings on events are kept; 0: for ever.',
    '0',
    retentionDays,
  ),
  RETENTION_REFUSALS_DAYS: setting(
    'How long refused requests are kept, with their bodies; 0: for ever.',
    '30',
    retentionDays,
  ),
  JOURNAL_MAX_BYTES: setting(
    'How much the journal may hold for the store at most; beyond it events get 503 until the store has caught up. At 2,000 events of 400 bytes a second the default is 5 hours.',
    '17179869184',
    integer(67_108_864, 2 ** 50),
  ),
  JOURNAL_KEEP_BYTES: setting(
    'How much of what is stored already the journal keeps, so that a store that is lost can be rebuilt. On a full disk it goes first.',
    '1073741824',
    integer(0, 2 ** 50),
  ),
  CONNECTIONS_MAX: setting(
    'Connections open at once; a newcomer beyond is told 503. Lowered at the start where the system allows the process too few open files.',
    '20000',
    integer(10, 1_000_000),
  ),
  REQUESTS_MAX: setting(
    'Requests that wait for their answers at once; more get 503. Two seconds of what one process takes: a disk that far behind has failed.',
    '20000',
    integer(10, 1_000_000),
  ),
  BODIES_MAX_BYTES: setting(
    'Memory for the bodies that are arriving. When it is full, the body that has been arriving for longest gives way with 503.',
    '268435456',
    integer(1_048_576, 68_719_476_736),
  ),
  CLIENT_RATE_MAX_PER_S: setting(
    'Requests a second from one client address (of IPv6 the first 64 bits); more get 429. Twice as many may come at once. 0: no limit. The default serves 50,000 players behind one address.',
    '5000',
    integer(0, 1_000_000),
  ),
  CLIENT_RATE_MAX_BYTES_PER_S: setting(
    'Bytes of bodies a second from one client address, counted as the requests are; more get 429. Twice as many may come at once, and a single larger body when nothing came before. 0: no limit. The default serves 50,000 players behind one address, whose events have 400 bytes, twice over.',
    '4194304',
    integer(0, 68_719_476_736),
  ),
  SUITE_RATE_MAX_PER_S: setting(
    'Session starts and downloaded sessions a second for one report suite; more get 429. Twice as many may come at once. 0: no limit.',
    '2000',
    integer(0, 1_000_000),
  ),
  OPEN_SESSIONS_MAX: setting(
    'Open sessions; a start beyond gets 503, events of open sessions are taken. 0: as many as the heap has room for, at 12 KB each; `/readyz` says how many. Sessions with large starts reach the heap’s bound earlier.',
    '0',
    integer(0, 100_000_000),
  ),
  MEMORY_MAX_BYTES: setting(
    'Memory in use by the server (heap and buffers), without the embedded store, above which starts get 503. 0: half of what the machine or container has.',
    '0',
    integer(0, 1_099_511_627_776),
  ),
  STOP_NOTICE_S: setting(
    'How long a server that is told to stop goes on taking requests, with `/readyz` at 503, so that a load balancer turns away first.',
    '0',
    integer(0, 300),
  ),
  LOG_LEVEL: setting(
    'Least severe lines of the log on standard error: `trace`, `debug`, `info`, `warn`, `error`, `fatal` or `silent`.',
    'info',
    matching(
      /^(trace|debug|info|warn|error|fatal|silent)$/,
      'trace, debug, info, warn, error, fatal or silent',
    ),
  ),
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof settings

function setting<const Default extends string | undefined>(
  help: string,
  defaultValue: Default,
  check: Setting['check'],
): { help: string; default: Default; check: Setting['check'] } {
  return { help, default: defaultValue, check }
}

/** Longest piece of a wrong value that is repeated, characters. */
const shownMaxChars = 40

function integer(min: number, max: number): Setting['check'] {
  return (value) => {
    if (!/^\d+$/.test(value) || Number(value) < min || Number(value) > max) {
      throw new RangeError(
        `takes a whole number from ${min} to ${max}, not ${JSON.stringify(clip(value, shownMaxChars))}`,
      )
    }
  }
}

/** A session may last a week and be open as long: what is younger may be needed. */
function retentionDays(value: string): void {
  if (!/^\d+$/.test(value) || (value !== '0' && (Number(value) < 8 || Number(value) > 36_500))) {
    throw new RangeError('takes 0, or a whole number of days from 8 to 36500')
  }
}

function matching(pattern: RegExp, what: string): Setting['check'] {
  return (value) => {
    if (!pattern.test(value)) throw new RangeError(`takes ${what}`)
  }
}

/** The parts of a comma separated list, without white space around them; none of an empty one. */
export function listOf(text: string): string[] {
  return text.trim() === '' ? [] : text.split(',').map((part) => part.trim())
}

function listed(check: Setting['check']): Setting['check'] {
  return (value) => {
    for (const part of listOf(value)) {
      if (part === '') throw new RangeError('has an empty part: there is a comma too many')
      check(part)
    }
  }
}

function anything(): void {}

/** An address, or a network; not that of everyone. */
function network(value: string): void {
  const [, address = '', prefix] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(value) ?? []
  const bits = isIP(address) === 4 ? 32 : 128
  if (isIP(address) === 0 || Number(prefix ?? bits) > bits)
    throw new RangeError(`takes addresses such as 10.0.0.7 and networks such as 10.0.0.0/8, not ${value}`)
  if (prefix !== undefined && Number(prefix) === 0)
    throw new RangeError(`must not trust everyone: ${value} would let each client choose its address`)
}

/** As browsers write it; those of apps made of pages have schemes of their own (`capacitor://localhost`). `null` is what pages without an address send: files, sandboxed frames. */
function origin(value: string): void {
  const isOfApp = /^(?!https?:)[a-z][a-z0-9+.-]*:\/\/[^/?#\s]+$/.test(value)
  if (value === 'null' || isOfApp || (URL.canParse(value) && new URL(value).origin === value)) return
  throw new RangeError(
    `takes origins such as https://www.example.com, in lower case and without a path, not ${value}`,
  )
}

function nonEmpty(value: string): void {
  if (value.trim() === '') throw new RangeError('must not be empty')
}

function httpUrl(value: string): void {
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol)) {
    throw new RangeError('takes an http or https URL')
  }
}
