import { StartError } from '../startError.ts'

/** Where files get their second names, in the data folder: on its file system. */
export const stageName = 'backup.tmp'

/** Nobody else can say whether the backup that made it still runs. */
export function stageInTheWay(command: string, stage: string): StartError {
  return new StartError(
    `${command}: ${stage} is there: a backup is under way, or one was interrupted; then remove it`,
  )
}
