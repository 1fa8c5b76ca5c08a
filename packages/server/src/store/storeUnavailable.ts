/** The store cannot do it now; the same call may go well later. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
  constructor(detail: string, options?: ErrorOptions) {
    super(`the store is unavailable: ${detail}`, options)
  }
}
