import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { expect, test } from 'vitest'
import { BodyRoom } from './bodyRoom.ts'

/** A request whose body arrives as the test says. */
function arriving(headers: Record<string, string> = {}): IncomingMessage {
  const request = new IncomingMessage(new Socket())
  Object.assign(request.headers, headers)
  return request
}

const kB = Buffer.alloc(1000)

async function codeOf(body: Promise<Buffer>): Promise<string> {
  return body.then(
    () => 'taken',
    (error: { problem: { code: string } }) => error.problem.code,
  )
}

test('a body is put together from its pieces, and its room is free again', async () => {
  const room = new BodyRoom(10_000)
  const request = arriving()
  const body = room.receive(request, 5000)
  for (const piece of ['one ', 'two ', 'three']) request.push(piece)
  request.push(null)
  expect(String(await body)).toBe('one two three')
  expect(room.heldBytes).toBe(0)
})

test('a body that is announced as too large is refused before it arrives, one that is too large when it is', async () => {
  const room = new BodyRoom(10_000)
  expect(await codeOf(room.receive(arriving({ 'content-length': '5001' }), 5000))).toBe('body_too_large')
  const request = arriving()
  const body = codeOf(room.receive(request, 1999))
  request.push(kB)
  request.push(kB)
  expect(await body).toBe('body_too_large')
  expect(room.heldBytes).toBe(0)
})

test('a body that breaks off is its sender’s problem', async () => {
  const room = new BodyRoom(10_000)
  const request = arriving()
  const body = codeOf(room.receive(request, 5000))
  request.push(kB)
  request.destroy()
  expect(await body).toBe('request_malformed')
  expect(room.heldBytes).toBe(0)
})

test('when the room is full the bodies that began first give way, as many as it takes', async () => {
  const room = new BodyRoom(10_000)
  const requests = Array.from({ length: 8 }, () => arriving())
  const bodies = requests.map((request) => codeOf(room.receive(request, 5000)))
  // Each piece counts 256 bytes more: seven pieces of 1 kB fit, the eighth does not.
  for (const request of requests) request.push(kB)
  expect(await bodies[0]).toBe('server_busy')
  for (const request of requests.slice(1)) request.push(null)
  expect(await Promise.all(bodies.slice(1))).toEqual(Array<string>(7).fill('taken'))
  expect(room.heldBytes).toBe(0)
})

test('a body that arrives byte by byte takes the room that its pieces take', async () => {
  const room = new BodyRoom(10_000)
  const request = arriving()
  const body = codeOf(room.receive(request, 5000))
  for (let nth = 0; nth < 39; nth += 1) {
    request.push('x')
    // Each is read as a piece of its own.
    await new Promise(setImmediate)
  }
  expect(await body).toBe('server_busy')
  expect(room.heldBytes).toBe(0)
})
