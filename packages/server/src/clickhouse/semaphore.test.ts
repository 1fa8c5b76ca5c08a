import { expect, test, vi } from 'vitest'
import { Semaphore } from './semaphore.ts'

test('runs as many as it is wide, the others in order, refuses those beyond, and knows when it is idle', async () => {
  const started: string[] = []
  const ends = new Map<string, () => void>()
  const task = (name: string) => () => {
    started.push(name)
    return new Promise<string>((resolve) => ends.set(name, () => resolve(name)))
  }

  const lane = new Semaphore(2, 1)
  await lane.idle()
  const running = [lane.run(task('a')), lane.run(task('b')), lane.run(task('c'))]
  await expect(lane.run(task('d'))).rejects.toThrow('TOO_MANY_SIMULTANEOUS_QUERIES')
  expect(started).toEqual(['a', 'b'])

  ends.get('a')?.()
  await vi.waitFor(() => expect(started).toEqual(['a', 'b', 'c']))
  const idle = lane.idle().then(() => 'idle')
  ends.get('b')?.()
  expect(await Promise.race([idle, running[1]])).toBe('b')
  ends.get('c')?.()
  expect(await Promise.all([...running, idle])).toEqual(['a', 'b', 'c', 'idle'])
})

test('a task that fails makes room too', async () => {
  const lane = new Semaphore(1, 1)
  await expect(lane.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await lane.run(() => Promise.resolve('yes'))).toBe('yes')
})
