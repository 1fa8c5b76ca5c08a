import { ClickHouseError } from '@clickhouse/client'
import { expect, test } from 'vitest'
import { createLogger } from './logger.ts'

test('an error is told with its causes and where it was thrown, and ClickHouse is not quoted', () => {
  const lines: string[] = []
  const log = createLogger('info', { write: (line) => void lines.push(line) })
  const cause = new ClickHouseError({
    message: "Cannot parse input: expected '\"' before: 'jane.doe@example.com",
    code: '27',
    type: 'CANNOT_PARSE_INPUT_ASSERTION_FAILED',
  })
  log.warn({ err: new Error('insert of 1-2 into events', { cause }) }, 'trouble')
  expect(lines).toHaveLength(1)
  expect(lines[0]).not.toContain('jane')
  const { err } = JSON.parse(lines[0] ?? '') as { err: { stack: string } }
  expect(err).toMatchObject({
    type: 'Error',
    message: 'insert of 1-2 into events',
    cause: { code: '27', message: 'ClickHouse: CANNOT_PARSE_INPUT_ASSERTION_FAILED' },
  })
  expect(err.stack).toMatch(/^ {4}at .*logger\.test\.ts/)
})
