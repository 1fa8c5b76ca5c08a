import { checkpointDisk } from './checkpointDisk.ts'
import { clockLeaps } from './clockLeaps.ts'
import { failingDisk } from './failingDisk.ts'
import { fullDisk, fullStoreDisk } from './fullDisk.ts'
import { greedyNeighbour } from './greedyNeighbour.ts'
import { journalPowerLoss } from './journalPowerLoss.ts'
import { killBoth, killServer, killStore, killWithStoreStopped } from './kills.ts'
import { powerLoss } from './powerLoss.ts'
import { slowClients } from './slowClients.ts'
import { storeBroken, storeFrozen } from './storeStopped.ts'
import type { Trial } from './trial.ts'

/** Every kind of fault that is tried, in the order of the table. */
export const trials: readonly Trial[] = [
  killServer,
  killStore,
  killBoth,
  killWithStoreStopped,
  powerLoss,
  journalPowerLoss,
  failingDisk,
  fullDisk,
  fullStoreDisk,
  checkpointDisk,
  storeFrozen,
  storeBroken,
  clockLeaps,
  slowClients,
  greedyNeighbour,
]
