import { dayMs } from './content.ts'
import type { AdBreakShowing, AdShowing, ChapterVisit, History } from './history.ts'

/** What a player says about the session, its parts and its viewer: the `params` of its events. */
export type Params = Readonly<Record<string, unknown>>

export function sessionParams({ viewer, content, isResume }: History): Params {
  const { player } = viewer
  return {
    'analytics.trackingServer': 'simulated.example.com',
    'analytics.reportSuite': 'playhead.simulated',
    'analytics.enableSSL': true,
    'visitor.marketingCloudOrgId': '0123456789ABCDEF0A495C1A@AdobeOrg',
    'visitor.marketingCloudUserId': viewer.id,
    'media.id': content.id,
    'media.name': content.name,
    'media.length': content.lengthMs / 1000,
    'media.contentType': content.contentType,
    'media.streamType': content.streamType,
    'media.channel': content.channel,
    'media.playerName': player.name,
    'media.sdkVersion': player.version,
    ...(player.library !== undefined && { 'media.libraryVersion': player.library }),
    ...(player.library?.startsWith('js') !== true && { 'media.downloaded': false }),
    'media.resume': isResume,
    ...content.metadata,
  }
}

/** What the app adds of its own. */
export function sessionMetadata({ viewer }: History): Record<string, string> {
  return { device: viewer.player.device, plan: viewer.isSubscriber ? 'subscription' : 'with ads' }
}

export function adBreakParams({ plan }: AdBreakShowing): Params {
  return {
    'media.ad.podFriendlyName': plan.name,
    'media.ad.podIndex': plan.index,
    'media.ad.podSecond': (plan.positionMs % dayMs) / 1000,
  }
}

export function adParams({ viewer }: History, { advert, podPosition }: AdShowing): Params {
  return {
    'media.ad.id': advert.id,
    'media.ad.name': advert.name,
    'media.ad.length': advert.lengthMs / 1000,
    'media.ad.podPosition': podPosition,
    'media.ad.playerName': viewer.player.name,
    'media.ad.advertiser': advert.advertiser,
    'media.ad.campaignId': advert.campaign,
  }
}

export function chapterParams({ chapter }: ChapterVisit): Params {
  return {
    'media.chapter.index': chapter.index,
    'media.chapter.friendlyName': chapter.name,
    'media.chapter.offset': chapter.fromMs / 1000,
    'media.chapter.length': (chapter.toMs - chapter.fromMs) / 1000,
  }
}
