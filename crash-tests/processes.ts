import { readFile } from 'node:fs/promises'
import { eventually } from './eventually.ts'

/** The embedded engine of a server; `undefined` when it has none at present. */
export async function storeOf(server: number): Promise<number | undefined> {
  const children = await readFile(`/proc/${server}/task/${server}/children`, 'utf8').catch(() => '')
  const [child = ''] = children.trim().split(' ')
  return child === '' ? undefined : Number(child)
}

/** Send a signal to a process that may be gone already. */
export function signalTo(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(pid, signal)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

/** Resolves when the process is gone; who is not its parent cannot be told. */
export async function untilGone(pid: number | undefined): Promise<void> {
  if (pid === undefined) return
  await eventually(`process ${pid} to be gone`, async () => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    return stat === '' || stat.includes(') Z ')
  })
}

/** Stop a process where it is; resolves when it does nothing any more. */
export async function freeze(pid: number | undefined): Promise<void> {
  if (pid === undefined) return
  signalTo(pid, 'SIGSTOP')
  await eventually(`process ${pid} to stand still`, async () => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
    return stat === '' || /\) [TZ] /.test(stat)
  })
}

/** Memory that a process has at present, bytes. */
export async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(status) ?? []
  return Number(kilobytes) * 1024
}
