import { describe, expect, test } from 'vitest'
import { type Hooks, hookedFiles } from '../../test/journal/hookedFiles.ts'
import { bodies, event } from '../../test/journal/records.ts'
import { openForTest } from '../../test/journal/openForTest.ts'
import { temporaryFolder } from '../../test/journal/temporaryFolder.ts'
import { Bell } from './bell.ts'
import { JournalClosed, JournalFailed, JournalFull } from './journal.ts'

/** A journal whose syncs wait until they are released, one by one. */
async function heldJournal(options: { queueBytesMax?: number; groupBytesMax?: number } = {}) {
  const hooks: Hooks = {}
  const held: (() => void)[] = []
  const begun = new Bell()
  const journal = await openForTest({ dir: await temporaryFolder(), files: hookedFiles(hooks), ...options })
  hooks.datasync = async (real) => {
    await new Promise<void>((resolve) => {
      held.push(resolve)
      begun.ring()
    })
    await real.datasync()
  }
  return {
    journal,
    hooks,
    /** Resolves when a sync has begun and is being held. */
    syncBegun: async () => {
      if (held.length === 0) await begun.heard()
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
    await expect(journal.append(event('x'.repeat(400)))).rejects.toThrow(JournalFull)
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

const failing = (code: string) => () => Promise.reject(new Error(`${code}: i/o error`))

/** As much as a call takes at a time. */
const few = (buffer: Buffer) => buffer.subarray(0, Math.min(buffer.length, 7))

describe('a disk that fails', () => {
  test.each([
    ['datasync', { datasync: failing('EIO') }],
    ['write', { write: failing('ENOSPC') }],
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
