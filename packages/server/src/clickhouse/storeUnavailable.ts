/** The store cannot do it now; the same call may go well later. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable'
  /** Why, without saying that it is unavailable. */
  readonly reason: string
  constructor(reason: string, options?: ErrorOptions) {
    super(`the store is unavailable: ${reason}`, options)
    this.reason = reason
  }
}
