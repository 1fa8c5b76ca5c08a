import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type Hooks, hookedFiles } from '../../test/journal/hookedFiles.ts'
import { bodies, event } from '../../test/journal/records.ts'
import { openForTest } from '../../test/journal/openForTest.ts'
import { temporaryFolder } from '@playhead/testing/server/temporaryFolder.ts'
import { Signal } from './signal.ts'
import {
  JournalBehind,
  JournalClosed,
  JournalDamaged,
  JournalFailed,
  JournalFull,
  type JournalOptions,
  type JournalState,
} from './journal.ts'

/** A journal whose syncs wait until they are released, one by one. */
async function heldJournal(options: { queueBytesMax?: number; groupBytesMax?: number } = {}) {
  const hooks: Hooks = {}
  const held: (() => void)[] = []
  const begun = new Signal()
  const journal = await openForTest({ dir: await temporaryFolder(), files: hookedFiles(hooks), ...options })
  hooks.datasync = async (real) => {
    await new Promise<void>((resolve) => {
      held.push(resolve)
      begun.notify()
    })
    await real.datasync()
  }
  return {
    journal,
    hooks,
    /** Resolves when a sync has begun and is being held. */
    syncBegun: async () => {
      if (held.length === 0) await begun.wait()
    },
    release: () => held.shift()?.(),
  }
}

/** Notes when promises settle, so that a test can ask whether one has. */
function watch(promises: Promise<number>[]): number[] {
  const settled: number[] = []
  for (const promise of promises) void promise.then((seq) => settled.push(seq))
  return settled
}

describe('group commit', () => {
  test('an append is acknowledged after its sync; those that came meanwhile share the next', async () => {
    const { journal, syncBegun, release } = await heldJournal()
    const first = [journal.append(event('1')), journal.append(event('2'))]
    const settled = watch(first)
    await syncBegun()
    const second = ['3', '4', '5'].map((text) => journal.append(event(text)))
    settled.push(...watch(second))
    await new Promise(setImmediate)
    expect(settled).toEqual([])
    expect(journal.lastSeq).toBe(0)
    expect(await bodies(journal)).toEqual([])

    release()
    expect(await Promise.all(first)).toEqual([1, 2])
    expect(journal.lastSeq).toBe(2)
    expect(await bodies(journal)).toEqual(['1', '2'])

    await syncBegun()
    release()
    expect(await Promise.all(second)).toEqual([3, 4, 5])
  })

  test('groups are bounded', async () => {
    const { journal, hooks } = await heldJournal({ groupBytesMax: 1000 })
    const writes: number[] = []
    hooks.datasync = (real) => real.datasync()
    hooks.write = (real, from, position) => {
      writes.push(from.length)
      return real.write(from, position)
    }
    const texts = [300, 300, 300, 2000, 10].map((bytes) => 'x'.repeat(bytes))
    await Promise.all(texts.map((text) => journal.append(event(text))))
    const overhead = 24 + 7 + 32 // Frame header, kind and arrival, sid.
    expect(writes).toEqual([600 + 2 * overhead, 300 + overhead, 2000 + overhead, 10 + overhead])
  })

  test('a queue that is full refuses, and takes again when the disk has caught up', async () => {
    const { journal, syncBegun, release, hooks } = await heldJournal({ queueBytesMax: 1000 })
    const taken = [journal.append(event('x'.repeat(400)))]
    await syncBegun()
    taken.push(journal.append(event('x'.repeat(400))))
    await expect(journal.append(event('x'.repeat(400)))).rejects.toThrow(JournalBehind)
    hooks.datasync = (real) => real.datasync()
    release()
    expect(await Promise.all(taken)).toEqual([1, 2])
    expect(await journal.append(event('x'.repeat(5000)))).toBe(3) // An empty queue takes any record.
  })

  test('close waits for what is queued, and refuses what comes after', async () => {
    const { journal, syncBegun, release } = await heldJournal()
    const appended = journal.append(event('1'))
    await syncBegun()
    const closed = Promise.all([journal.close(), journal.close()])
    await expect(journal.append(event('2'))).rejects.toThrow(JournalClosed)
    release()
    expect(await appended).toBe(1)
    await closed
  })
})

const failing = (code: string) => () =>
  Promise.reject(Object.assign(new Error(`${code}: what the disk says`), { code }))

/** As much as a call takes at a time. */
const few = (buffer: Buffer) => buffer.subarray(0, Math.min(buffer.length, 7))

describe('a disk that fails', () => {
  test.each([
    ['datasync', { datasync: failing('EIO') }],
    ['write', { write: failing('EIO') }],
    ['write of nothing', { write: () => Promise.resolve(0) }],
  ] as const)('after a failed %s nothing is acknowledged any more', async (_, failure) => {
    const hooks: Hooks = {}
    const dir = await temporaryFolder()
    const journal = await openForTest({ dir, files: hookedFiles(hooks), groupBytesMax: 100 })
    await journal.append(event('safe'))

    Object.assign(hooks, failure)
    const [inFlight, queued] = await Promise.allSettled([
      journal.append(event('in flight'.padEnd(100))),
      journal.append(event('queued'.padEnd(100))),
    ])
    expect(inFlight).toMatchObject({ status: 'rejected', reason: expect.any(JournalFailed) })
    expect(queued).toMatchObject({ status: 'rejected', reason: expect.any(JournalFailed) })
    expect(journal.state).toEqual({ status: 'failed', cause: expect.any(Error) })

    // The disk is well again, or says so. It is not believed.
    delete hooks.datasync
    delete hooks.write
    const after = journal.append(event('after'))
    await expect(after).rejects.toThrow(JournalFailed)
    await expect(after).rejects.toMatchObject({ cause: expect.any(Error) })
    expect(journal.lastSeq).toBe(1)
    expect(await bodies(journal)).toEqual(['safe'])
    await journal.close()

    const restarted = await openForTest({ dir })
    expect(await restarted.append(event('again'))).toBe(restarted.lastSeq)
    expect((await bodies(restarted)).at(0)).toBe('safe')
  })

  test('a segment that cannot be begun is a failure like any other', async () => {
    const dir = await temporaryFolder()
    const files = hookedFiles({})
    const journal = await openForTest({
      dir,
      segmentBytesMax: 100,
      files: { ...files, syncDir: failing('EIO') },
    }).catch(() => undefined)
    expect(journal).toBeUndefined()

    const broken = { ...files }
    const opened = await openForTest({ dir, segmentBytesMax: 100, files: broken })
    await opened.append(event('1'))
    broken.syncDir = failing('EIO')
    await expect(opened.append(event('2'))).rejects.toThrow(JournalFailed)
    expect(opened).toMatchObject({ lastSeq: 1, state: { status: 'failed' } })
    await opened.close()
    expect(await bodies(await openForTest({ dir }))).toEqual(['1'])
  })

  test('writes and reads that take only a part are gone on with', async () => {
    const dir = await temporaryFolder()
    const files = hookedFiles({
      write: (real, from, position) => real.write(few(from), position),
      read: (real, into, position) => real.read(few(into), position),
    })
    const texts = ['one', '', 'x'.repeat(1000)]
    const journal = await openForTest({ dir, files })
    await Promise.all(texts.map((text) => journal.append(event(text))))
    expect(await bodies(journal)).toEqual(texts)
    await journal.close()
    expect(await bodies(await openForTest({ dir, files }))).toEqual(texts)
  })
})

describe('a full disk', () => {
  /** A journal whose disk takes as many bytes as it is told, and tells its states. */
  async function boundedJournal(options: Omit<JournalOptions, 'dir' | 'files' | 'onState'> = {}) {
    const dir = await temporaryFolder()
    const states: JournalState['status'][] = []
    const disk = { roomBytes: Number.POSITIVE_INFINITY, writes: 0, refusal: 'ENOSPC' }
    const hooks: Hooks = {
      write: (real, from, position) => {
        disk.writes += 1
        const fitting = from.subarray(0, Math.min(from.length, disk.roomBytes))
        disk.roomBytes -= fitting.length
        return fitting.length === 0 ? failing(disk.refusal)() : real.write(fitting, position)
      },
    }
    const onState = ({ status }: JournalState) => states.push(status)
    const files = hookedFiles(hooks)
    const journal = await openForTest({ dir, files, onState, fullRetryMs: 0, ...options })
    return { dir, journal, files, hooks, disk, states }
  }

  test.each(['ENOSPC', 'EDQUOT'])(
    '(%s) refuses what does not fit, and takes again when there is room',
    async (code) => {
      const { dir, journal, disk, states } = await boundedJournal()
      disk.refusal = code
      await journal.append(event('safe'))
      disk.roomBytes = 150
      const group = await Promise.allSettled(
        ['1', '2', '3'].map((text) => journal.append(event(text.repeat(80)))),
      )
      for (const { status, ...rest } of group) {
        expect({ status, ...rest }).toEqual({ status: 'rejected', reason: expect.any(JournalFull) })
      }
      expect(journal.state).toEqual({ status: 'full', cause: expect.any(Error) })
      expect(await bodies(journal)).toEqual(['safe'])
      const sizes = (await stat(join(dir, '0000000000000001.log'))).size
      expect(sizes).toBe(journal.bytes)

      disk.roomBytes = Number.POSITIVE_INFINITY
      expect(await journal.append(event('again'))).toBe(2)
      expect(states).toEqual(['full', 'ok'])
      await journal.close()
      expect(await bodies(await openForTest({ dir }))).toEqual(['safe', 'again'])
    },
  )

  test('is tried again once in a while, not by every append', async () => {
    const { journal, disk } = await boundedJournal({ fullRetryMs: 3_600_000 })
    disk.roomBytes = 0
    await expect(journal.append(event('1'))).rejects.toThrow(JournalFull)
    const { writes } = disk
    await expect(journal.append(event('2'))).rejects.toThrow('the disk is full: ENOSPC')
    expect(disk.writes).toBe(writes)
  })

  test('that cannot even be cut back is a failure for good', async () => {
    const { journal, disk, hooks, states } = await boundedJournal()
    await journal.append(event('safe'))
    disk.roomBytes = 10
    hooks.datasync = failing('EIO')
    await expect(journal.append(event('lost'))).rejects.toThrow(JournalFailed)
    delete hooks.datasync
    disk.roomBytes = Number.POSITIVE_INFINITY
    await expect(journal.append(event('later'))).rejects.toThrow(JournalFailed)
    expect(states).toEqual(['failed'])
  })

  test.each([0, 10])(
    'has room for %i bytes of a new segment: it is begun when there is more',
    async (roomBytes) => {
      const { dir, journal, disk } = await boundedJournal({ segmentBytesMax: 100 })
      await journal.append(event('1'))
      disk.roomBytes = roomBytes
      await expect(journal.append(event('2'))).rejects.toThrow(JournalFull)
      await expect(journal.append(event('2'))).rejects.toThrow(JournalFull)
      expect(await readdir(dir)).toEqual(['0000000000000001.log'])
      disk.roomBytes = Number.POSITIVE_INFINITY
      expect(await journal.append(event('2'))).toBe(2)
      await journal.close()
      expect(await bodies(await openForTest({ dir }))).toEqual(['1', '2'])
    },
  )

  test('so does a process that has too many files open', async () => {
    const { journal, files } = await boundedJournal({ segmentBytesMax: 100 })
    const open = files.open.bind(files)
    await journal.append(event('1'))
    files.open = failing('EMFILE')
    await expect(journal.append(event('2'))).rejects.toThrow(JournalFull)
    files.open = open
    expect(await journal.append(event('2'))).toBe(2)
  })

  test('takes the records that are only kept first', async () => {
    const { journal, files, disk, states } = await boundedJournal({ segmentBytesMax: 100, keepBytesMax: 1e6 })
    for (const text of ['1', '2', '3']) await journal.append(event(text))
    await journal.cutBefore(3)
    expect(journal.firstSeq).toBe(1)
    const remove = files.remove.bind(files)
    files.remove = async (path) => {
      await remove(path)
      disk.roomBytes += 100
    }
    disk.roomBytes = 0
    expect(await journal.append(event('4'))).toBe(4)
    expect(journal.firstSeq).toBe(3)
    expect(states).toEqual([])
  })
})

describe('the bound', () => {
  test('events are refused beyond it, clock records are not, and a cut makes room', async () => {
    const states: JournalState['status'][] = []
    const journal = await openForTest({
      dir: await temporaryFolder(),
      segmentBytesMax: 500,
      backlogBytesMax: 1000,
      onState: ({ status }) => states.push(status),
    })
    while (journal.state.status === 'ok') await journal.append(event('x'.repeat(100)))
    await expect(journal.append(event('x'))).rejects.toThrow(JournalFull)
    expect(journal.state.status).toBe('full')
    expect(journal.backlogBytes).toBeGreaterThanOrEqual(1000)
    expect(journal.backlogBytes).toBeLessThan(1200)
    const clock = await journal.append({ kind: 'clock', receivedAtMs: 1_700_000_000_000 })
    await journal.cutBefore(clock + 1)
    expect(journal.state.status).toBe('ok')
    await journal.append(event('x'))
    expect(states).toEqual(['full', 'ok'])
  })

  test('what is kept of the stored does not count; opening it again does not check it', async () => {
    const dir = await temporaryFolder()
    const options = { dir, segmentBytesMax: 500, backlogBytesMax: 2000, keepBytesMax: 1100 }
    const journal = await openForTest(options)
    for (let seq = 1; seq <= 30; seq++) {
      await journal.append(event('x'.repeat(100)))
      if (seq % 5 === 0) await journal.cutBefore(seq + 1)
    }
    const keptBytes = journal.bytes - journal.backlogBytes
    expect(keptBytes).toBeGreaterThan(600)
    expect(keptBytes).toBeLessThanOrEqual(1100)
    const { firstSeq } = journal
    await journal.close()

    const kept = join(dir, `${firstSeq}`.padStart(16, '0') + '.log')
    await writeFile(kept, (await readFile(kept)).fill(0, 60, 70))
    const again = await openForTest({ ...options, neededSeq: 31 })
    expect(again).toMatchObject({ firstSeq, lastSeq: 30 })
    expect(again.bytes - again.backlogBytes).toBe(keptBytes)
    await expect(bodies(again)).rejects.toThrow(JournalDamaged)
    expect(await bodies(again, 30)).toHaveLength(1)
    await expect(openForTest(options)).rejects.toThrow(JournalDamaged)
  })
})
