import { type JournalFile, type JournalFiles, nodeFiles } from '../../src/log/journalFiles.ts'

/** What to do in place of an operation on an open file; `real` is the file as it would be without. */
export interface Hooks {
  write?: (real: JournalFile, from: Buffer, position: number) => Promise<number>
  read?: (real: JournalFile, into: Buffer, position: number) => Promise<number>
  datasync?: (real: JournalFile) => Promise<void>
}

/** The real file system with some operations replaced. The hooks may be changed while it is in use. */
export function hookedFiles(hooks: Hooks): JournalFiles {
  return {
    ...nodeFiles,
    async open(path, flags) {
      const real = await nodeFiles.open(path, flags)
      return {
        ...real,
        write: (from, position) =>
          hooks.write ? hooks.write(real, from, position) : real.write(from, position),
        read: (into, position) => (hooks.read ? hooks.read(real, into, position) : real.read(into, position)),
        datasync: () => (hooks.datasync ? hooks.datasync(real) : real.datasync()),
      }
    },
  }
}
