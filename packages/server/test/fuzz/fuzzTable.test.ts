import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { putRows } from '../../../../crash-tests/table.ts'
import { type FuzzFigures, fuzzRows, fuzzTable } from './fuzzTable.ts'

const figures: FuzzFigures = {
  requests: 1000,
  answers: new Map([
    ['201', 300],
    ['204', 200],
    ['400 ts_seconds', 400],
    ['404', 90],
    ['503 store_unavailable', 8],
    ['500 internal', 2],
  ]),
  wrongs: 2,
  eventsTaken: 600,
  eventsStored: 599,
  differing: 1,
}

test('what a run came to takes the place of what was in the page, and all else stays', () => {
  const page = readFileSync(new URL('../../../../docs/reliability.md', import.meta.url), 'utf8')
  const table = fuzzTable(['documented', 'strict'])
  const rows = fuzzRows(
    new Map([
      ['documented', figures],
      ['strict', figures],
    ]),
    'today',
  )
  const written = putRows(page, table, rows, 'a machine')
  const counts = '500 | 490 | 8 | 2 | 2 | 600 | 599 | 1'
  const sums = '1,000 | 980 | 16 | 4 | 4 | 1,200 | 1,198 | 2'
  const [before, region = '', after] = written.split(/<!-- \/?fuzz -->/)
  expect(region.trim().split('\n')).toEqual([
    'Machine: a machine.',
    '',
    `| ${table.heads.join(' | ')} |`,
    expect.stringMatching(/^\|( --- \|)+$/),
    `| \`documented\` | 1,000 | ${counts} | today |`,
    `| \`strict\` | 1,000 | ${counts} | today |`,
    `| all | 2,000 | ${sums} | today |`,
  ])
  const [wasBefore, , wasAfter] = page.split(/<!-- \/?fuzz -->/)
  expect([before, after]).toEqual([wasBefore, wasAfter])
})
