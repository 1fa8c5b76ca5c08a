import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { fetchJson } from '../../query/fetchJson.ts'
import { useText } from '../../i18n/useText.tsx'
import { Asked } from '../../components/Asked.tsx'
import { ProblemLine, type ProblemLineProps } from '../../components/ProblemLine.tsx'
import { Heading } from '../../components/Heading.tsx'
import { Panel } from '../../components/Panel.tsx'
import { sampleEvents } from './sampleEvents.ts'

interface Answer {
  readonly isAccepted: boolean
  readonly status: number
  readonly errors: readonly ProblemLineProps['problem'][]
  readonly warnings: readonly ProblemLineProps['problem'][]
}

const endpoints = ['sessions', 'events', 'downloaded'] as const
type Endpoint = (typeof endpoints)[number]
const policies = ['documented', 'strict', 'lenient'] as const

/** Paste an event, and see what would be said to it. */
export function TryPage() {
  const { text } = useText()
  const [endpoint, setEndpoint] = useState<Endpoint>('events')
  const [policy, setPolicy] = useState<string>('documented')
  const [body, setBody] = useState(sampleEvents.events)
  const check = useMutation({
    mutationFn: () =>
      fetchJson<Answer>(`reporting/v1/validate?endpoint=${endpoint}&policy=${policy}`, {
        method: 'POST',
        rawBody: body,
      }),
  })
  const result = { data: check.data, error: check.error, isFetching: check.isPending }
  return (
    <>
      <Heading title={text.tryIt} />
      <p className="about">{text.tryAbout}</p>
      <div className="panels">
        <Panel title={text.asSent} table={undefined}>
          <form
            className="try"
            onSubmit={(event) => {
              event.preventDefault()
              check.mutate()
            }}
          >
            <label>
              {text.endpoint}{' '}
              <select
                value={endpoint}
                onChange={({ target }) => {
                  const chosen = target.value as Endpoint
                  // What was typed is kept; a sample gives way to the other one.
                  if (body === sampleEvents[endpoint]) setBody(sampleEvents[chosen])
                  setEndpoint(chosen)
                }}
              >
                {endpoints.map((name) => (
                  <option key={name} value={name}>
                    {paths[name]}
                  </option>
                ))}
              </select>
            </label>
            <label>
              {text.policy}{' '}
              <select value={policy} onChange={({ target }) => setPolicy(target.value)}>
                {policies.map((name) => (
                  <option key={name} value={name}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
            <textarea
              aria-label={text.asSent}
              rows={22}
              spellCheck={false}
              value={body}
              onChange={({ target }) => setBody(target.value)}
            />
            <button type="submit">{text.check}</button>
          </form>
        </Panel>
        <Panel title={text.answer} table={undefined}>
          {check.isIdle ? (
            <p className="none">{text.notChecked}</p>
          ) : (
            <Asked result={result}>{(answer) => <Verdict answer={answer} />}</Asked>
          )}
        </Panel>
      </div>
    </>
  )
}

const paths: Readonly<Record<Endpoint, string>> = {
  sessions: 'POST /api/v1/sessions',
  events: 'POST /api/v1/sessions/{sid}/events',
  downloaded: 'POST /api/v1/downloaded',
}

function Verdict({ answer: { isAccepted, status, errors, warnings } }: { readonly answer: Answer }) {
  const { text } = useText()
  return (
    <>
      <p role="status">
        {isAccepted && <span className="badge is-open">✓</span>}{' '}
        {isAccepted ? text.accepted : text.refusedFor(errors.length)} <code>HTTP {status}</code>
      </p>
      {warnings.length > 0 && <p>{text.noted}</p>}
      <ul className="diagnostics">
        {[...errors, ...warnings].map((problem) => (
          <li key={`${problem.code} ${problem.pointer}`}>
            <ProblemLine problem={problem} />
          </li>
        ))}
      </ul>
    </>
  )
}
