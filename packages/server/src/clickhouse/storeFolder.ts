import { accessSync, constants, mkdirSync, statSync } from 'node:fs'
import { messageOf } from '../messageOf.ts'
import { idOf } from '../dataFolder/fileId.ts'
import { StoreUnavailable } from './storeUnavailable.ts'

/** How often a folder in use is looked at, milliseconds. */
const lookIntervalMs = 1000

const remedy = 'Put it back, or stop the server and run playhead rebuild'

/** Which folder is at a path: another one in its place is not the same. `undefined`: there is none. */
export function folderAt(path: string): string | undefined {
  const found = statSync(path, { throwIfNoEntry: false, bigint: true })
  return found?.isDirectory() === true ? idOf(found) : undefined
}

/**
 * The folder of the embedded engine. The engine writes to it by its path: were it deleted or moved away, the engine would make
 * parts of it anew, take rows, and have lost them at its next start.
 */
export class StoreFolder {
  readonly path: string
  /** The one that was opened first; a server goes on with that one alone. */
  #opened: string | undefined

  constructor(path: string) {
    this.path = path
  }

  /**
   * Make sure that the folder can be opened. The first time it is made when it is missing.
   *
   * @throws StoreUnavailable that says what is wrong with it, and the remedy
   */
  prepare(): void {
    const found = statSync(this.path, { throwIfNoEntry: false })
    if (found !== undefined && !found.isDirectory())
      throw new StoreUnavailable(`${this.path} is not a folder. Move it away. ${remedy}`)
    if (this.#opened === undefined) this.#make()
    const missing = this.whatIsMissing()
    if (missing !== undefined) throw new StoreUnavailable(missing)
    try {
      accessSync(this.path, constants.R_OK | constants.W_OK | constants.X_OK)
    } catch (error) {
      const reason = messageOf(error)
      throw new StoreUnavailable(
        `${this.path} cannot be read and written: ${reason}. Give it to the user that the server runs as`,
        { cause: error },
      )
    }
  }

  /** The engine has opened it. */
  noteOpened(): void {
    this.#opened ??= folderAt(this.path)
  }

  /** Why the folder at the path is not the one that was opened; `undefined` where it is. */
  whatIsMissing(): string | undefined {
    const now = folderAt(this.path)
    if (this.#opened === undefined || now === this.#opened) return undefined
    if (now === undefined) return `${this.path} has been deleted or moved. ${remedy}`
    return `${this.path} is another folder than the one that was opened. ${remedy}; if it is meant, start the server again`
  }

  /** Hear when the folder is gone; answers how to stop. */
  watch(onMissing: (reason: string) => void): () => void {
    const timer = setInterval(() => {
      const missing = this.whatIsMissing()
      if (missing !== undefined) onMissing(missing)
    }, lookIntervalMs).unref()
    return () => clearInterval(timer)
  }

  #make(): void {
    try {
      mkdirSync(this.path, { recursive: true })
    } catch (error) {
      const reason = messageOf(error)
      throw new StoreUnavailable(`${this.path} cannot be made: ${reason}`, { cause: error })
    }
  }
}
