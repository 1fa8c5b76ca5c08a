import { Component, type ReactNode } from 'react'

interface FailsafeProps {
  /** The address of what is inside: another one is tried anew. */
  readonly address: string
  readonly children: ReactNode
}

interface FailsafeState {
  readonly address: string
  readonly error: Error | undefined
}

/** A page that fails says so, and leaves the menu usable. */
export class Failsafe extends Component<FailsafeProps, FailsafeState> {
  override readonly state: FailsafeState = { address: this.props.address, error: undefined }

  static getDerivedStateFromError(error: Error): Partial<FailsafeState> {
    return { error }
  }

  static getDerivedStateFromProps({ address }: FailsafeProps, before: FailsafeState): FailsafeState {
    return address === before.address ? before : { address, error: undefined }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === undefined) return this.props.children
    return (
      <p className="failure" role="alert">
        {error.message}
      </p>
    )
  }
}
