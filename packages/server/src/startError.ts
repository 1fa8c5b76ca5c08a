/** The server cannot start, for a reason that the operator can mend: the message is one line for them. */
export class StartError extends Error {
  override readonly name = 'StartError'
  constructor(message: string, cause?: unknown) {
    super(message.replaceAll(/\s*\n\s*/g, ' '), { cause })
  }
}
