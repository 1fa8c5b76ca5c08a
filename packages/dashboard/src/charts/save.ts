import type { PictureHeading } from './canvas.ts'
import { drawChart } from './drawChart.ts'
import { drawTable } from './drawTable.ts'
import { shownTable } from './shownTable.ts'
import { type Table, toCsv } from './toCsv.ts'

/** Hand a table to the browser as a CSV file. */
export function saveCsv(name: string, table: Table): void {
  save(`${name}.csv`, new Blob([toCsv(table)], { type: 'text/csv;charset=utf-8' }))
}

/** Hand what a part of the page shows to the browser as a PNG file: the chart in it, or else its table. */
export async function savePng(heading: PictureHeading, box: Element, table: Table): Promise<void> {
  const chart = box.querySelector<SVGSVGElement>('.chart svg')
  const canvas = chart
    ? await drawChart(heading, chart, [...box.querySelectorAll('.legend .key')])
    : drawTable(heading, shownTable(box, table))
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob === null) throw new Error('the browser makes no PNG of this size')
  save(`${heading.title}.png`, blob)
}

function save(name: string, blob: Blob): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(blob)
  link.download = name.replaceAll(/[\\/:*?"<>|\s]+/g, '-')
  link.click()
  // The browser has taken hold of it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
