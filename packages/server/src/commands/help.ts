/** What each command does and takes. */
const commands = {
  reprocess: `playhead reprocess    run archived events through the engine again, and say what changes
  --from <time>         sessions that began, as reported, at or after it: 2026-11-20T16:00:00Z, or a day (UTC)
  --to <time>           sessions that began before it
  --dry-run             change nothing
`,
  erase: `playhead erase        take all data of a viewer away for good, and write a receipt
  --visitor <id>        by an id that sessions were started with: ECID, visitor id, customer id, app installation id
  --anywhere            also sessions that have the id anywhere else in their events
  --session <id>        one session, in place of a visitor
  --receipt <file>      where the receipt goes (erasure-<time>.json)
  --check <file>        erase nothing, but see whether that receipt still holds
                        ends with exit code 67 when nothing of them was there
`,
  token: `playhead token add    make a token for reports and the dashboard, and say it this once
  --name <name>         what it is for
  --suites <a,b>        for these report suites alone
playhead token list   name the tokens there are
playhead token remove --name <name>
`,
  salvage: `playhead salvage      save what is sound of a damaged journal or checkpoint, and say what is lost
  --dry-run             change nothing
`,
  backup: `playhead backup       copy the data folder, also while the server runs
  --to <folder>         a folder that is made for it
`,
  restore: `playhead restore      make the data folder of a backup
  --from <folder>       where the backup is; the data folder has to be empty
`,
  rebuild: `playhead rebuild      make a lost or damaged store anew, from its archive and the journal
`,
} as const

const settingsText = `
Settings are read from the environment (PLAYHEAD_DATA_DIR and others): see docs/operating.md.
`

/** `playhead help` */
export const helpText = `playhead              start the server
${Object.values(commands).join('')}playhead help         say this; playhead <command> --help, only what that command does
playhead --version    say which version it is
${settingsText}`

/** What one command does and takes; `undefined` where there is no such command. */
export function helpOf(command: string): string | undefined {
  return Object.hasOwn(commands, command)
    ? commands[command as keyof typeof commands] + settingsText
    : undefined
}
