import { expect, test } from 'vitest'
import { readCommand } from './command.ts'
import { helpText } from './help.ts'

const commands = ['reprocess', 'erase', 'token', 'salvage', 'backup', 'restore', 'rebuild']

test('help names every command', () => {
  expect(readCommand(['help'])).toEqual({ kind: 'help', text: helpText })
  expect(readCommand(['--help'])).toEqual({ kind: 'help', text: helpText })
  for (const name of commands) expect(helpText).toContain(`\nplayhead ${name}`)
})

test.each(commands)('%s --help says what it does, whatever else stands beside it', (name) => {
  const help = readCommand([name, '--help'])
  expect(help).toEqual({ kind: 'help', text: expect.stringContaining(`playhead ${name}`) as string })
  expect(readCommand([name, '--nonsense', '-h'])).toEqual(help)
  expect(readCommand(['help', name])).toEqual(help)
  if (help.kind !== 'help') throw new Error('it is help')
  for (const other of commands.filter((each) => each !== name))
    expect(help.text).not.toContain(`playhead ${other}`)
})

test('what is no command has no help', () => {
  expect(() => readCommand(['nonsense', '--help'])).toThrow('there is no command nonsense')
  expect(() => readCommand(['help', 'toString'])).toThrow('there is no command toString')
})

test.each(['--version', '-v'])('%s asks for the version', (arg) => {
  expect(readCommand([arg])).toEqual({ kind: 'version' })
})
