/**
 * A write that found no room and has been taken back as a whole: the journal is, on disk, what it was before. Only
 * such an error may be followed by another attempt.
 */
export class NoRoom extends Error {
  override readonly name = 'NoRoom'
  constructor(cause: Error) {
    super(cause.message, { cause })
  }
}

/** What says nothing about the health of the disk, and passes: it is full, or a quota is used up. */
const fullCodes = new Set(['ENOSPC', 'EDQUOT'])
/** What passes as well, where a file is opened: the process or the machine has as many open as it may have. */
const openCodes = new Set([...fullCodes, 'EMFILE', 'ENFILE'])

/** Whether a write failed because the disk is full. */
export function isFull(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && fullCodes.has(String(error.code))
}

/** Whether a file could not be created for now; nothing was made then. */
export function isOpenRefused(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && openCodes.has(String(error.code))
}
