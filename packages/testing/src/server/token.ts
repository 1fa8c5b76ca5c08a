import { runToItsEnd } from './startServer.ts'

/** Options of `fetch` that carry a token. */
export function bearer(token: string): { headers: Record<string, string> } {
  return { headers: { authorization: `Bearer ${token}` } }
}

export async function statusOf(url: string, token?: string): Promise<number> {
  const response = await fetch(url, token === undefined ? {} : bearer(token))
  await response.body?.cancel()
  return response.status
}

/** Run `playhead token …` on a data folder; resolves with what it printed. */
export async function tokenCommand(dataDir: string, ...args: readonly string[]): Promise<string> {
  const { code, out, err } = await runToItsEnd({ PLAYHEAD_DATA_DIR: dataDir }, 'token', ...args)
  if (code !== 0) throw new Error(err)
  return out.trim()
}
