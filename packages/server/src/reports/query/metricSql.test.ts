import { calculatedMetrics, reportMetrics } from '@playhead/protocol'
import { expect, test } from 'vitest'
import { planMetric } from './metricSql.ts'
import { Params } from './params.ts'
import { resolveMetric } from './resolveIds.ts'

const ids = [...reportMetrics, ...calculatedMetrics].map(({ id }) => id)

test.each([...ids, 'states.mute.set', 'states.mute.count', 'states.mute.time'])(
  '%s comes to the same figure in whatever order, and on however many cores, it is summed up',
  (id) => {
    const metric = resolveMetric(id, '', [])
    if (metric === undefined) throw new Error(`${id} is in the catalogue and cannot be asked for`)
    for (const { sql } of planMetric(metric, new Params()).sums)
      expect(sql).toMatch(/^(toInt64\((sum|count|sumIf|countIf)\(|sum\(toDecimal256\(|uniqCombined64\()/)
  },
)
