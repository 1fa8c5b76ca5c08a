import { expect, test } from 'vitest'
import { type Greeted, greeting } from './greeting.ts'

const home: Greeted = {
  url: 'http://127.0.0.1:8080',
  urlsForOthers: [],
  firstToken: undefined,
  isTokenNeeded: false,
}

test('at home no token is spoken of', () => {
  const text = greeting(home)
  expect(text).toMatch(/^Playhead listens on http:\/\/127\.0\.0\.1:8080\n\nOpen a session:\n/)
  expect(text).toContain('  curl http://127.0.0.1:8080/reporting/v1/sessions\n')
  expect(text).not.toContain('token')
})

test('the token that was made is said, and used', () => {
  const text = greeting({ ...home, firstToken: 'playhead_x', isTokenNeeded: true })
  expect(text).toContain('is not said again:\n\n  playhead_x\n')
  expect(text).toContain("curl -H 'Authorization: Bearer playhead_x' http")
})

test('at a later start it says that a token is needed, and how to come by one', () => {
  const urlsForOthers = ['http://192.0.2.7:8080', 'http://[2001:db8::7]:8080']
  const text = greeting({ ...home, urlsForOthers, isTokenNeeded: true })
  expect(text).toContain(
    'listens on http://127.0.0.1:8080\nOther machines find it on http://192.0.2.7:8080\nOther machines find it on http://[2001:db8::7]:8080\n',
  )
  expect(text).toContain('playhead token add --name NAME makes another one.')
  expect(text).toContain("curl -H 'Authorization: Bearer TOKEN' http")
})
