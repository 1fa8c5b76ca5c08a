import { cpus, release, totalmem, type } from 'node:os'

/** The machine that the figures are of, in one line. */
export function describeMachine(): string {
  const cores = cpus()
  const gibibytes = Math.round(totalmem() / 2 ** 30)
  const kernel = `${type()} ${release().split('-')[0]}`
  return `${cores.length} cores (${cores[0]?.model ?? process.arch}), ${gibibytes} GiB, ${kernel}, Node ${process.version.slice(1)}`
}
