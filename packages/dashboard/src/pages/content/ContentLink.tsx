import { Link } from 'wouter'
import { useSameView } from '../../query/useView.ts'

/** A way to all that is known of a content. */
export function ContentLink({ id }: { readonly id: string }) {
  const sameView = useSameView()
  return <Link href={sameView(`/content/${encodeURIComponent(id)}`)}>{id}</Link>
}
