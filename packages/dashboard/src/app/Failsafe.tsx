import { Component, type ReactNode } from 'react'

/** A page that fails says so, and leaves the menu usable. */
export class Failsafe extends Component<{ readonly children: ReactNode }, { readonly error?: Error }> {
  override readonly state: { readonly error?: Error } = {}

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error }
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
