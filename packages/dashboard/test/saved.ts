import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import type { Locator, Page } from 'playwright-core'

/** Chromium drops, without a word, what a page saves beyond so many files in a burst of this length. */
const [burstFiles, burstMs] = [10, 1000]
/** When the files of a page had come, epoch milliseconds. */
const savedAtMs = new WeakMap<Page, number[]>()

/** Save a part of the page by its button, and read the file. Where there is none, the page says why. */
export async function saved(part: Locator, form: 'CSV' | 'PNG'): Promise<Buffer> {
  const times = savedAtMs.get(part.page()) ?? []
  savedAtMs.set(part.page(), times)
  await wait(Math.max(0, (times.at(-burstFiles) ?? 0) + burstMs - Date.now()))
  const download = part.page().waitForEvent('download')
  const problem = part.locator('.tools').getByRole('alert').waitFor()
  // One of the two is never to come.
  for (const each of [download, problem]) each.catch(() => {})
  // Another file may still be under way: until then the button does nothing. With the keyboard, for a pointer misses a button
  // that moves, as on the live view.
  const ready = part.page().locator('[aria-disabled="false"]')
  await part
    .getByRole('button', { name: new RegExp(`^${form}`) })
    .and(ready)
    .press('Enter')
  const file = await Promise.race([download, problem])
  if (!file) throw new Error(await part.locator('.tools').getByRole('alert').innerText())
  times.push(Date.now())
  return readFileSync((await file.path()) ?? '')
}

/** The records of a CSV file (RFC 4180), without its byte order mark. */
export function readCsv(file: Buffer): string[][] {
  const text = file.toString('utf8')
  if (!text.startsWith('\uFEFF') || !text.endsWith('\r\n')) throw new Error(`this is no CSV of ours: ${text}`)
  const records: string[][] = [[]]
  for (const [, quoted, plain = '', end] of text
    .slice(1)
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    records.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end !== ',') records.push([])
  }
  return records.slice(0, -1)
}

/** How many pixels of each colour (`r,g,b`) a picture has from a row on to another, as a browser reads it. */
export async function coloursOf(
  page: Page,
  png: Buffer,
  [from, to]: readonly [number, number] = [0, Number.MAX_SAFE_INTEGER],
): Promise<ReadonlyMap<string, number>> {
  const counts = await page.evaluate<[string, number][]>(`(async () => {
    const bytes = Uint8Array.from(atob('${png.toString('base64')}'), (letter) => letter.charCodeAt(0))
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
    const context = new OffscreenCanvas(image.width, image.height).getContext('2d')
    context.drawImage(image, 0, 0)
    const height = Math.min(${to}, image.height) - ${from}
    const { data } = context.getImageData(0, ${from}, image.width, height)
    // As numbers, blue first: a picture has millions of pixels.
    const counts = new Map()
    for (const pixel of new Uint32Array(data.buffer)) {
      const colour = pixel & 0xffffff
      counts.set(colour, (counts.get(colour) ?? 0) + 1)
    }
    return [...counts].map(([colour, count]) => [[colour, colour >> 8, colour >> 16].map((part) => part & 255).join(), count])
  })()`)
  return new Map(counts)
}

/** Height of a PNG file, pixels. */
export function heightOf(png: Buffer): number {
  if (png.subarray(1, 4).toString() !== 'PNG') throw new Error('this is no PNG')
  return png.readUInt32BE(20)
}
