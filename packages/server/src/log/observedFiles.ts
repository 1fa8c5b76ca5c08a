import type { JournalFiles } from './journalFiles.ts'

/** A group that was made durable. */
export interface SyncedGroup {
  /** Written since the sync before. */
  readonly bytes: number
  /** How long the sync took. */
  readonly seconds: number
}

/** The same files; `onSync` hears of every sync that went well. */
export function observedFiles(files: JournalFiles, onSync: (group: SyncedGroup) => void): JournalFiles {
  return {
    ...files,
    async open(path, flags) {
      const file = await files.open(path, flags)
      let bytes = 0
      return {
        ...file,
        async write(from, position) {
          const written = await file.write(from, position)
          bytes += written
          return written
        },
        async datasync() {
          const beganMs = performance.now()
          await file.datasync()
          onSync({ bytes, seconds: (performance.now() - beganMs) / 1000 })
          bytes = 0
        },
      }
    },
  }
}
