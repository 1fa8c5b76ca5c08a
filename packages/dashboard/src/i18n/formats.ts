import { en } from './en/texts.ts'
import type { Texts } from './texts.ts'

/** What a figure is, and so how it is written. */
export type Unit = 'count' | 'seconds' | 'milliseconds' | 'share' | 'number' | 'kbps' | 'fps'

/** Numbers and times as people of a language write them. */
export interface Formats {
  /** A figure; a dash where there is none. */
  readonly figure: (value: number | null | undefined, unit: Unit) => string
  /** A number as it was measured, to a thousandth. */
  readonly exact: (value: number) => string
  /** Short, for axes and tiles. */
  readonly compact: (value: number | null | undefined, unit: Unit) => string
  /** A relative change: `+12 %`; that of a share in points, for a part of a percentage is read as such: `+0.8 pp`. */
  readonly change: (now: number, before: number, unit: Unit) => string
  readonly dateTime: (at: string | number, timeZone: string) => string
  /** To the second. */
  readonly time: (at: string | number, timeZone: string) => string
  /** Day and hour. */
  readonly dayTime: (at: string | number, timeZone: string) => string
  readonly day: (at: string | number, timeZone: string) => string
  /** `15 minutes` */
  readonly span: (count: number, unit: 'minute' | 'hour' | 'day') => string
}

export const missing = '–'

export function formatsOf(language: string, { points }: Pick<Texts, 'points'> = en): Formats {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const decimal = new Intl.NumberFormat(language, { maximumFractionDigits: 2 })
  const thousandths = new Intl.NumberFormat(language, { maximumFractionDigits: 3 })
  const compact = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 })
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 })
  const signed = new Intl.NumberFormat(language, {
    style: 'percent',
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  })
  const signedNumber = new Intl.NumberFormat(language, {
    maximumFractionDigits: 1,
    signDisplay: 'exceptZero',
  })
  const unit = (value: number, name: string, unitDisplay: 'short' | 'long' = 'short'): string =>
    new Intl.NumberFormat(language, {
      style: 'unit',
      unit: name,
      unitDisplay,
      maximumFractionDigits: 1,
    }).format(value)
  const dates = (options: Intl.DateTimeFormatOptions) => (at: string | number, timeZone: string) =>
    new Intl.DateTimeFormat(language, { ...options, timeZone }).format(new Date(at))

  const figure: Formats['figure'] = (value, kind) => {
    if (value === null || value === undefined || !Number.isFinite(value)) return missing
    switch (kind) {
      case 'count':
        return whole.format(value)
      case 'seconds':
        // A mean of some seconds is looked at for its fraction.
        return Number.isInteger(value) || Math.abs(value) >= 60 ? clockTime(value) : unit(value, 'second')
      case 'milliseconds':
        return unit(Math.round(value), 'millisecond')
      case 'share':
        return percent.format(value)
      case 'kbps':
        return `${whole.format(value)} kbit/s`
      case 'fps':
        return `${decimal.format(value)} fps`
      case 'number':
        return decimal.format(value)
    }
  }
  return {
    figure,
    exact: (value) => thousandths.format(value),
    compact(value, kind) {
      if (value === null || value === undefined || !Number.isFinite(value)) return missing
      if (kind === 'count' || kind === 'number') return compact.format(value)
      if (kind === 'kbps' && value >= 1000) return `${compact.format(value / 1000)} Mbit/s`
      if (kind !== 'seconds') return figure(value, kind)
      if (value < 120) return unit(value, 'second')
      return value < 7200 ? unit(value / 60, 'minute') : `${compact.format(value / 3600)} h`
    },
    change(now, before, kind) {
      if (kind === 'share') return points(signedNumber.format((now - before) * 100))
      if (before === 0) return missing
      // Tenfold and more is no percentage that anybody reads.
      const times = now / before
      return times >= 10 ? `×${whole.format(times)}` : signed.format(times - 1)
    },
    dateTime: dates({ dateStyle: 'medium', timeStyle: 'medium' }),
    time: dates({ hour: '2-digit', minute: '2-digit', second: '2-digit' }),
    dayTime: dates({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
    day: dates({ day: 'numeric', month: 'short' }),
    span: (count, name) => unit(count, name, 'long'),
  }
}

/** Seconds as `1:02:03`; shorter than a minute `0:03`. */
export function clockTime(seconds: number): string {
  const whole = Math.round(Math.abs(seconds))
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const two = (value: number): string => String(value).padStart(2, '0')
  const sign = seconds < 0 ? '−' : ''
  return sign + (hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`)
}
