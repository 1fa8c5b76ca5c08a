import { readdirSync, readFileSync } from 'node:fs'

/** What `/proc` counts CPU time in, milliseconds. */
const tickMs = 10

/** CPU time of the processes that this one has started, milliseconds; NaN where there is no `/proc`. */
export function cpuMs(): number {
  try {
    const children = readdirSync('/proc/self/task').flatMap((task) =>
      readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean),
    )
    return children.reduce((sum, pid) => sum + cpuOf(pid), 0)
  } catch {
    return Number.NaN
  }
}

/** CPU time of everything on the machine but this process and those that it has started, milliseconds. */
export function othersMs(): number {
  try {
    const [user = 0, nice = 0, system = 0, , , irq = 0, softIrq = 0] = (
      readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? ''
    )
      .trim()
      .split(/\s+/)
      .slice(1)
      .map(Number)
    return (user + nice + system + irq + softIrq) * tickMs - cpuOf('self') - cpuMs()
  } catch {
    return Number.NaN
  }
}

function cpuOf(pid: string): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
  // Its name, in brackets, may have spaces.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return (Number(fields[11]) + Number(fields[12])) * tickMs
}
