import { expect, test } from 'vitest'
import { ArgumentError, help, readArguments } from './arguments.ts'

test('without arguments: a thousand sessions of the last day, to the server on this machine', () => {
  const args = readArguments([])
  expect(args.url.href).toBe('http://127.0.0.1:8080/')
  expect(args).toMatchObject({ sessions: 1000, days: 1, seed: '1', isLive: false, rateMax: Infinity })
})

test.each([
  [['--bogus'], 'bogus'],
  [['--sessions', 'many'], 'whole number'],
  [['--sessions', '1.5'], 'whole number'],
  [['--days', '0'], 'number from'],
  [['--from', 'yesterday'], 'time such as'],
  [['--url', 'https://127.0.0.1'], 'http://'],
  [['--url', 'http://collector.example.com'], 'this machine'],
  [['--url', 'http://127.0.0.1.example.com'], 'this machine'],
  [['--live', '--print'], '--live'],
])('%j is refused', (args, text) => {
  expect(() => readArguments(args)).toThrow(ArgumentError)
  expect(() => readArguments(args)).toThrow(text)
})

test.each(['http://localhost:1', 'http://127.1.2.3/base', 'http://[::1]:8080'])(
  '%s is this machine',
  (url) => {
    expect(readArguments(['--url', url]).url.href).toContain(url)
  },
)

test('the help names every option', () => {
  for (const name of [
    'sessions',
    'days',
    'from',
    'seed',
    'viewers',
    'url',
    'live',
    'rate',
    'concurrency',
    'print',
  ])
    expect(help).toContain(`--${name} `)
})
