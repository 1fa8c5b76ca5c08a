import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { Suspense } from 'react'
import { Link, Route, Router, Switch, useLocation, useSearch } from 'wouter'
import { accessKey, wantsToken } from '../query/access.ts'
import { Refused } from '../query/fetchJson.ts'
import { TextProvider, useText } from '../i18n/useText.tsx'
import { Heading } from '../components/Heading.tsx'
import { useSameView } from '../query/useView.ts'
import { Frame } from './Frame.tsx'
import { Failsafe } from './Failsafe.tsx'
import { pages } from './pages.ts'
import { SignedIn } from './SignedIn.tsx'

/** The path that the server puts in front of all pages, without a slash at its end. */
const basePath = new URL('.', document.baseURI).pathname.replace(/\/$/, '')

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    // Who was signed in may not be so any more: that is asked again, and then said on the page.
    onError(error, { queryKey }) {
      if (wantsToken(error) && queryKey[0] !== accessKey[0])
        void client.invalidateQueries({ queryKey: accessKey })
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // What the server has refused it refuses again.
      retry: (failures, error) => !(error instanceof Refused && error.status < 500) && failures < 2,
      placeholderData: (before: unknown) => before,
    },
  },
})

/** The dashboard: what all pages share, and the page that the address names. */
export function App() {
  return (
    <QueryClientProvider client={client}>
      <TextProvider>
        <Router base={basePath}>
          <Frame>
            <PageHere />
          </Frame>
        </Router>
      </TextProvider>
    </QueryClientProvider>
  )
}

function PageHere() {
  // A page that failed for what it looks at is tried anew when it looks at something else; a sound one stays as it is.
  const address = `${useLocation()[0]}?${useSearch()}`
  return (
    <Failsafe address={address}>
      <SignedIn>
        <Suspense fallback={<Opening />}>
          <Switch>
            {pages.map(({ path, Component }) => (
              <Route key={path} path={path} component={Component} />
            ))}
            <Route component={Unknown} />
          </Switch>
        </Suspense>
      </SignedIn>
    </Failsafe>
  )
}

function Opening() {
  return (
    <p className="none" aria-busy="true">
      {useText().text.loading}
    </p>
  )
}

function Unknown() {
  const { text } = useText()
  const sameView = useSameView()
  return (
    <>
      <Heading title={text.pageUnknown} />
      <p>
        <Link href={sameView('/')}>{text.live}</Link> ·{' '}
        <Link href={sameView('/overview')}>{text.overview}</Link>
      </p>
    </>
  )
}
