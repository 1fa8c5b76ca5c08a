import { expectTypeOf, test } from 'vitest'
import type { CollectionEvent, CollectionEventOf } from './eventSchemas.ts'
import type { EventType } from './EventType.ts'

test('CollectionEvent is told apart by eventType', () => {
  expectTypeOf<CollectionEvent['eventType']>().toEqualTypeOf<EventType>()
  expectTypeOf<
    Extract<CollectionEvent, { eventType: 'adStart' }>['params']['media.ad.length']
  >().toEqualTypeOf<number>()
  expectTypeOf<CollectionEventOf<'sessionStart'>['params']['media.name']>().toEqualTypeOf<
    string | undefined
  >()
  expectTypeOf<CollectionEventOf<'stateEnd'>['eventType']>().toEqualTypeOf<'stateEnd'>()
  expectTypeOf<CollectionEventOf<'ping'>['playerTime']>().toEqualTypeOf<{ playhead: number; ts: number }>()
  expectTypeOf<CollectionEventOf<'ping'>['params']>().extract<undefined>().toEqualTypeOf<undefined>()
})
