import { adverts } from './adverts.ts'
import type { AdBreakShowing } from './history.ts'
import type { Random } from './random.ts'
import type { Screen } from './screen.ts'
import type { Viewer } from './viewer.ts'

const skipAfterMs = 5_000

/** Sit through a break, its ads back to back. False: the viewer left in one of them. */
export function watchAds(screen: Screen, adBreak: AdBreakShowing, viewer: Viewer, random: Random): boolean {
  const count = random.whole(1, adBreak.plan.adsMax)
  for (let podPosition = 1; podPosition <= count; podPosition += 1) {
    const advert = random.weighted(adverts)
    screen.startAd(advert, adBreak, podPosition)
    const leavesAtMs = random.chance(0.03 * viewer.restlessness)
      ? random.between(400, advert.lengthMs)
      : undefined
    const skipsAtMs =
      advert.isSkippable && random.chance(0.6) ? random.between(skipAfterMs, advert.lengthMs) : undefined
    const stopsAtMs = leavesAtMs ?? skipsAtMs ?? advert.lengthMs
    showAd(screen, stopsAtMs, random)
    if (leavesAtMs !== undefined) return false
    screen.endAd(stopsAtMs === advert.lengthMs)
  }
  return true
}

/** Show so much of the ad on the screen; now and then it is paused, or waits for data, in between. */
function showAd(screen: Screen, forMs: number, random: Random): void {
  const untilMs = random.chance(0.07) ? Math.round(random.between(0, forMs)) : forMs
  screen.show('ad', untilMs)
  if (untilMs === forMs) return
  screen.show(random.chance(0.5) ? 'pause' : 'buffering', random.logNormal(6_000, 0.9))
  screen.show('ad', forMs - untilMs)
}
