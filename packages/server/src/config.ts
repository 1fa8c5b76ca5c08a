import { resolve } from 'node:path'
import type { ValidationPolicy } from '@playhead/protocol'
import type { TlsFiles } from './http/server/tlsFiles.ts'
import type { Admission } from './ingest/admission.ts'
import { parseSessionKeys, type SessionKeys } from './events/sessionKeys.ts'
import type { SessionRules } from '@playhead/engine'
import type { Retention } from './clickhouse/retain.ts'
import { StartError } from './startError.ts'
import { listOf, type Setting, type SettingName, settings } from './setting.ts'

/** The server's configuration: every value checked, none missing, times in milliseconds. */
export interface Config {
  readonly host: string
  readonly port: number
  readonly dataDir: string
  readonly basePath: string
  readonly validation: ValidationPolicy
  readonly admission: Admission
  readonly clickhouseUrl: string | undefined
  readonly tls: TlsFiles | undefined
  /** Addresses and networks. */
  readonly trustedProxies: readonly string[]
  readonly apiToken: string | undefined
  /** Path of the tokens file, where it is not in the data folder. */
  readonly tokensFile: string | undefined
  readonly sessionKeys: SessionKeys | undefined
  readonly eventBodyMaxBytes: number
  readonly downloadBodyMaxBytes: number
  readonly journalMaxBytes: number
  readonly journalKeepBytes: number
  readonly limits: {
    readonly connectionsMax: number
    readonly requestsMax: number
    readonly bodiesMaxBytes: number
    /** Requests a second of one client; 0: no limit. */
    readonly clientRateMaxPerS: number
    /** Bytes of bodies a second of one client; 0: no limit. */
    readonly clientRateMaxBytesPerS: number
    /** Starts a second of one report suite; 0: no limit. */
    readonly suiteRateMaxPerS: number
    readonly openSessionsMax: number
    /** 0: half of what there is. */
    readonly memoryMaxBytes: number
  }
  readonly retention: Retention
  readonly rules: SessionRules
  readonly checkpointIntervalMs: number
  readonly stopNoticeMs: number
  readonly logLevel: string
}

const prefix = 'PLAYHEAD_'

/** Read the configuration from the environment. Throws a `StartError` at the first setting that is not usable. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  refuseUnknown(env)
  const text = (name: SettingName): string => valueOf(env, name) ?? ''
  const list = (name: SettingName): string[] => listOf(text(name))
  const path = (name: SettingName): string | undefined => {
    const value = valueOf(env, name)
    return value === undefined ? undefined : resolve(value)
  }
  const number = (name: SettingName): number => Number(text(name))
  const sessionKeys = valueOf(env, 'SESSION_KEYS')
  return Object.freeze({
    host: text('HOST'),
    port: number('PORT'),
    dataDir: resolve(text('DATA_DIR')),
    basePath: text('BASE_PATH'),
    validation: text('VALIDATION') as ValidationPolicy,
    admission: {
      orgIds: list('COLLECT_ORG_IDS'),
      reportSuites: list('COLLECT_REPORT_SUITES'),
      origins: list('COLLECT_ORIGINS'),
    },
    clickhouseUrl: valueOf(env, 'CLICKHOUSE_URL'),
    tls: tlsFiles(path('TLS_CERT_FILE'), path('TLS_KEY_FILE')),
    trustedProxies: list('TRUSTED_PROXIES'),
    apiToken: valueOf(env, 'API_TOKEN'),
    tokensFile: path('TOKENS_FILE'),
    sessionKeys: sessionKeys === undefined ? undefined : parseSessionKeys(sessionKeys),
    eventBodyMaxBytes: number('EVENT_BODY_MAX_BYTES'),
    downloadBodyMaxBytes: number('DOWNLOAD_BODY_MAX_BYTES'),
    journalMaxBytes: number('JOURNAL_MAX_BYTES'),
    journalKeepBytes: number('JOURNAL_KEEP_BYTES'),
    limits: {
      connectionsMax: number('CONNECTIONS_MAX'),
      requestsMax: number('REQUESTS_MAX'),
      bodiesMaxBytes: number('BODIES_MAX_BYTES'),
      clientRateMaxPerS: number('CLIENT_RATE_MAX_PER_S'),
      clientRateMaxBytesPerS: number('CLIENT_RATE_MAX_BYTES_PER_S'),
      suiteRateMaxPerS: number('SUITE_RATE_MAX_PER_S'),
      openSessionsMax: number('OPEN_SESSIONS_MAX'),
      memoryMaxBytes: number('MEMORY_MAX_BYTES'),
    },
    retention: {
      eventsDays: number('RETENTION_EVENTS_DAYS'),
      sessionsDays: number('RETENTION_SESSIONS_DAYS'),
      diagnosticsDays: number('RETENTION_DIAGNOSTICS_DAYS'),
      refusalsDays: number('RETENTION_REFUSALS_DAYS'),
    },
    rules: {
      timeouts: {
        idleMs: number('SESSION_IDLE_TIMEOUT_S') * 1000,
        stillMs: number('SESSION_STILL_TIMEOUT_S') * 1000,
        ageMs: number('SESSION_AGE_MAX_S') * 1000,
        graceMs: number('SESSION_GRACE_S') * 1000,
      },
      reorderWindowMs: number('REORDER_WINDOW_MS'),
      areSeekedMarkersSkipped: text('PROGRESS_MARKERS') === 'watched',
      segmentMinutes: number('SEGMENT_MINUTES'),
    },
    checkpointIntervalMs: number('CHECKPOINT_INTERVAL_S') * 1000,
    stopNoticeMs: number('STOP_NOTICE_S') * 1000,
    logLevel: text('LOG_LEVEL'),
  })
}

function valueOf(env: Readonly<Record<string, string | undefined>>, name: SettingName): string | undefined {
  const setting: Setting = settings[name]
  const value = env[prefix + name] ?? setting.default
  if (value === undefined) return undefined
  try {
    setting.check(value)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    throw new StartError(`${prefix}${name} ${error.message}`)
  }
  return value
}

function tlsFiles(certFile: string | undefined, keyFile: string | undefined): TlsFiles | undefined {
  if (certFile !== undefined && keyFile !== undefined) return { certFile, keyFile }
  if (certFile === undefined && keyFile === undefined) return undefined
  throw new StartError(`${prefix}TLS_CERT_FILE and ${prefix}TLS_KEY_FILE are of use together only`)
}

/** A misspelt setting would otherwise do nothing, in silence. */
function refuseUnknown(env: Readonly<Record<string, string | undefined>>): void {
  for (const name of Object.keys(env)) {
    if (name.startsWith(prefix) && !Object.hasOwn(settings, name.slice(prefix.length))) {
      throw new StartError(`${name} is not a setting; see docs/operating.md for those there are`)
    }
  }
}
