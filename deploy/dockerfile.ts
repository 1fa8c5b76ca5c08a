/** One stage of a Dockerfile, in the few words that ours is made of. */
export interface Stage {
  readonly name: string
  readonly steps: readonly Step[]
  readonly env: Readonly<Record<string, string>>
  /** `uid:gid` */
  readonly user: string
  readonly entrypoint: readonly string[]
  readonly healthcheck: readonly string[]
}

export interface Step {
  readonly kind: 'COPY' | 'RUN'
  /** Absolute, in the stage. */
  readonly cwd: string
  readonly args: readonly string[]
}

/** Read a Dockerfile. Throws at an instruction that is not known here: it would be left out in silence. */
export function readDockerfile(text: string): readonly Stage[] {
  const stages: (Stage & { steps: Step[]; env: Record<string, string> })[] = []
  let cwd = '/'
  for (const line of text.split('\n').filter((each) => each !== '' && !each.startsWith('#'))) {
    const [word = '', ...args] = line.split(' ')
    const stage = stages.at(-1)
    if (word === 'FROM') {
      cwd = '/'
      const name = args[1] === 'AS' ? (args[2] ?? '') : 'image'
      stages.push({ name, steps: [], env: {}, user: '0:0', entrypoint: [], healthcheck: [] })
      continue
    }
    if (stage === undefined) throw new Error(`${word} before FROM`)
    switch (word) {
      case 'WORKDIR':
        cwd = args[0] ?? '/'
        break
      case 'COPY':
      case 'RUN':
        stage.steps.push({ kind: word, cwd, args })
        break
      case 'ENV': {
        const [key = '', value = ''] = (args[0] ?? '').split('=')
        stage.env[key] = value
        break
      }
      case 'USER':
        Object.assign(stage, { user: args[0] })
        break
      case 'ENTRYPOINT':
        Object.assign(stage, { entrypoint: JSON.parse(args.join(' ')) as string[] })
        break
      case 'HEALTHCHECK':
        Object.assign(stage, { healthcheck: JSON.parse(line.slice(line.indexOf('CMD ') + 4)) as string[] })
        break
      case 'VOLUME':
      case 'EXPOSE':
        break
      default:
        throw new Error(`${word} is not known here`)
    }
  }
  return stages
}
