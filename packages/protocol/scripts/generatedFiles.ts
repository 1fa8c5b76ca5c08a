import { eventTypes, openApi, publishedSchema, ValidationPolicy } from '../src/index.ts'
import { problemsPage } from './problemsPage.ts'
import { markdown } from './markdown.ts'
import { metricsPage } from './metricsPage.ts'
import { parametersPage } from './parametersPage.ts'

/** Stands for the reader's own server in the ids of the documented schemas. */
const exampleUrl = 'https://playhead.example'

/** Path from the repository's root → text of every generated file. */
export async function generatedFiles(): Promise<Map<string, string>> {
  const files = new Map([
    ['docs/reference/parameters.md', await markdown(parametersPage())],
    ['docs/reference/problems.md', await markdown(problemsPage())],
    ['docs/metrics.md', await markdown(metricsPage())],
  ])
  const api = openApi(ValidationPolicy.documented, exampleUrl)
  files.set('docs/reference/openapi.json', `${JSON.stringify(api, null, 2)}\n`)
  for (const type of eventTypes) {
    const schema = publishedSchema(type, ValidationPolicy.documented, exampleUrl)
    files.set(`docs/reference/schemas/${type}.json`, `${JSON.stringify(schema, null, 2)}\n`)
  }
  return files
}
