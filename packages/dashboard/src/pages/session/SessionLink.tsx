import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useSameView } from '../../query/useView.ts'

/** A way to all that is known of a session; from there the menu leads back to what is looked at here. */
export function SessionLink({ id, children }: { readonly id: string; readonly children: ReactNode }) {
  const sameView = useSameView()
  return <Link href={sameView(`/sessions/${id}`)}>{children}</Link>
}
