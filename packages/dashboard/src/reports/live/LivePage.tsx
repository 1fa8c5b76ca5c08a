import { useText } from '../../text/useText.tsx'
export function LivePage() {
  const { text } = useText()
  return <h1>{text.live}</h1>
}
