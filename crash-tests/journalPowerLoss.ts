import { type Lived, liveThroughCrashes } from '../packages/server/test/journal/lives.ts'
import type { Trial } from './trial.ts'

/** The journal alone, on a simulated disk that keeps any selection of the sectors that were not synced. */
export const journalPowerLoss: Trial = {
  id: 'journal-power-loss',
  name: 'crashes, power loss, full disk and failing syncs under the journal alone, on a simulated disk: torn and reordered sectors',
  full: 20_000,
  short: 500,
  unit: 'journals of up to 6 crashes each',
  async run({ count, random }) {
    const lived = await liveThroughCrashes(count, random.whole(0, 2 ** 31 - 1)).catch((error: Error) => error)
    if (lived instanceof Error) {
      return { acknowledged: 0, lost: 1, doubled: 0, wrong: [lived.message], warnings: '' }
    }
    return { acknowledged: lived.known, lost: 0, doubled: 0, wrong: [], warnings: warningsOf(lived) }
  },
}

function warningsOf({ lives, powerCuts, failedSyncs, refused }: Lived): string {
  return `${lives} crashes, of which ${powerCuts} power cuts; ${failedSyncs} failed syncs; ${refused} events refused by a full disk, none of them there later`
}
