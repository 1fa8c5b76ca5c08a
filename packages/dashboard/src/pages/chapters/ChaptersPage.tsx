import { Breakdown } from '../../components/Breakdown.tsx'
import { Totals } from '../../components/Totals.tsx'
import { Trend } from '../../components/Trend.tsx'
import { useText } from '../../i18n/useText.tsx'
import { Page } from '../../components/Page.tsx'

const metrics = ['chapterStarts', 'chapterCompletes', 'chapterCompletionRate', 'chapterTimeSpent']

/** Which chapters were watched. */
export function ChaptersPage() {
  const { text } = useText()
  return (
    <Page title={text.chapters}>
      <Totals title={text.chapters} metrics={[...metrics, 'averageChapterTimeSpent', 'chaptersPerStream']} />
      <div className="panels">
        <Trend title={text.starts} metrics={['chapterStarts', 'chapterCompletes']} />
        <Trend title={text.completion} metrics={['chapterCompletionRate']} />
        <Breakdown dimensions={['chapterName', 'contentId']} metrics={metrics} isFilter={false} />
        <Breakdown dimensions={['contentId']} metrics={metrics} />
      </div>
    </Page>
  )
}
