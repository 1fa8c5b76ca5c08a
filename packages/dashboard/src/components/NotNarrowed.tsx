import { useText } from '../i18n/useText.tsx'
import { useView } from '../query/useView.ts'

/** That segment and filters, where there are any in the address, do nothing on this page. */
export function NotNarrowed() {
  const { text } = useText()
  const { view } = useView()
  const isNarrowed = view.segment !== undefined || view.filters.length > 0
  return isNarrowed && <p role="status">{text.notNarrowed}</p>
}
