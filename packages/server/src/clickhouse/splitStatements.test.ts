import { expect, test } from 'vitest'
import { splitStatements } from './splitStatements.ts'

test('a semicolon at the end of a line ends a statement, one elsewhere does not', () => {
  const sql = `
-- The first; with a warning;
CREATE TABLE a (
  -- of the column;
  x String DEFAULT 'a;b',
  y String DEFAULT '; '
);

  -- and the second
ALTER TABLE a ADD COLUMN z String; \r
SELECT 1`
  expect(splitStatements(sql)).toEqual([
    `CREATE TABLE a (\n  x String DEFAULT 'a;b',\n  y String DEFAULT '; '\n)`,
    'ALTER TABLE a ADD COLUMN z String',
    'SELECT 1',
  ])
})

test('a file of warnings has no statements', () => {
  expect(splitStatements('-- nothing;\n\n ;\n')).toEqual([])
})
