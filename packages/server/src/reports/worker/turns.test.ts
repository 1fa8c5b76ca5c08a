import { expect, test } from 'vitest'
import { Turns } from './turns.ts'

const never = new AbortController().signal

/** A task that is told when to end. */
function held(log: string[], name: string) {
  let end = (): void => {}
  const over = new Promise<void>((resolve) => {
    end = resolve
  })
  const task = async (): Promise<string> => {
    log.push(name)
    await over
    return name
  }
  return { task, end: () => end() }
}

test('one task runs at a time, and the keys take turns', async () => {
  const turns = new Turns({ waitingOfKeyMax: 8, waitingMax: 64 })
  const log: string[] = []
  const first = held(log, 'a1')
  const running = [turns.run('a', never, first.task)]
  for (const name of ['a2', 'a3', 'b1', 'b2', 'c1']) {
    running.push(turns.run(name.charAt(0), never, async () => String(log.push(name))))
  }
  expect(log).toEqual(['a1'])
  first.end()
  for (const one of running) await one
  expect(log).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3'])
})

test('a task that fails passes the turn on', async () => {
  const turns = new Turns({ waitingOfKeyMax: 8, waitingMax: 64 })
  const failing = turns.run('a', never, () => Promise.reject(new Error('broken')))
  const next = turns.run('a', never, async () => 'done')
  await expect(failing).rejects.toThrow('broken')
  expect(await next).toBe('done')
})

test('who waits no longer leaves, and the number of those who wait is bounded, of one key and of all', async () => {
  const turns = new Turns({ waitingOfKeyMax: 2, waitingMax: 3 })
  const log: string[] = []
  const first = held(log, 'a1')
  const running = turns.run('a', never, first.task)
  const leaving = new AbortController()
  const left = turns.run('a', leaving.signal, async () => log.push('a2'))
  const third = turns.run('a', never, async () => log.push('a3'))
  expect(turns.run('a', never, async () => log.push('a4'))).toBeUndefined()
  const other = turns.run('b', never, async () => log.push('b1'))
  expect(turns.run('c', never, async () => log.push('c1'))).toBeUndefined()
  leaving.abort(new Error('gone'))
  await expect(left).rejects.toThrow('gone')
  first.end()
  await Promise.all([running, third, other])
  expect(log).toEqual(['a1', 'b1', 'a3'])
})
