import { type Fault, FaultCode } from '@playhead/protocol'

/** What is too large, in the words of all such refusals. */
export function bodyTooLarge(maxBytes: number, what = 'The body'): Fault {
  return { code: FaultCode.bodyTooLarge, pointer: '', message: `${what} is larger than ${maxBytes} bytes.` }
}
