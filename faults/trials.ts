import { journalPowerLoss } from './journalPowerLoss.ts'
import { killBoth, killServer, killStore, killWithStoreStopped } from './kills.ts'
import { powerLoss } from './powerLoss.ts'
import type { Trial } from './trial.ts'

/** Every kind of fault that is tried, in the order of the table. */
export const trials: readonly Trial[] = [
  killServer,
  killStore,
  killBoth,
  killWithStoreStopped,
  powerLoss,
  journalPowerLoss,
]
