import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useAccess, wantsToken } from '../query/access.ts'
import { fetchJson } from '../query/fetchJson.ts'
import { useText } from '../i18n/useText.tsx'
import { Failure } from '../components/Asked.tsx'
import { Heading } from '../components/Heading.tsx'

/** What is for those who are signed in, where one has to be; else how to. */
export function SignedIn({ children }: { readonly children: ReactNode }) {
  const { error, isPending } = useAccess()
  if (isPending) return null
  return wantsToken(error) ? <SignIn /> : children
}

function SignIn() {
  const { text } = useText()
  const client = useQueryClient()
  const [token, setToken] = useState('')
  const signIn = useMutation({
    mutationFn: () => fetchJson('login', { method: 'POST', body: { token } }),
    onSuccess: () => client.resetQueries(),
  })
  return (
    <>
      <Heading title={text.signIn} />
      <p className="about">{text.signInAbout}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          signIn.mutate()
        }}
      >
        <label>
          {text.token}{' '}
          <input
            type="password"
            autoComplete="current-password"
            required
            value={token}
            onChange={({ target }) => setToken(target.value)}
          />
        </label>{' '}
        <button type="submit" disabled={signIn.isPending}>
          {text.signIn}
        </button>
      </form>
      {wantsToken(signIn.error) ? (
        <p className="failure" role="alert">
          {text.tokenWrong}
        </p>
      ) : (
        signIn.error && <Failure error={signIn.error} />
      )}
    </>
  )
}

/** There where somebody is signed in. */
export function SignOut() {
  const { text } = useText()
  const client = useQueryClient()
  const { data, error } = useAccess()
  const signOut = useMutation({
    mutationFn: () => fetchJson('logout', { method: 'POST' }),
    onSuccess: () => client.resetQueries(),
  })
  if (typeof data?.token !== 'string' || error) return null
  return (
    <div className="signed-in">
      <span>{data.token}</span>
      <button type="button" disabled={signOut.isPending} onClick={() => signOut.mutate()}>
        {text.signOut}
      </button>
    </div>
  )
}
