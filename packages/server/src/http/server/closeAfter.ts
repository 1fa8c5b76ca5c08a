import type { Socket } from 'node:net'

/** How long the other side may take to read the last words of a connection. */
const lingerMaxMs = 1000

/**
 * Say a last word and close. What still comes in meanwhile is read and thrown away: closing with unread bytes would
 * take the last word from the other side, too.
 */
export function closeAfter(socket: Socket, lastWord: string): void {
  socket.on('error', () => {})
  socket.end(lastWord)
  socket.resume()
  const timer = setTimeout(() => socket.destroy(), lingerMaxMs)
  socket.once('close', () => clearTimeout(timer))
}
