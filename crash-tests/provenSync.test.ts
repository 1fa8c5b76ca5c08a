import { execFile } from 'node:child_process'
import { type FileHandle, mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { datasync, sync } from 'playhead/dist/log/provenSync.js'
import { syncFolders } from 'playhead/dist/clickhouse/syncFolders.js'
import { makeLoopDisk, whyNoDisk } from './loopDisk.ts'

const run = promisify(execFile)

/** sync_file_range(2) of x64: all that is dirty is written, and the file system's journal is left alone. */
const writeBack = 'open my $file, "+<", $ARGV[0] or die $!; syscall 277, fileno $file, 0, 0, 7'

test.for<{ name: string; proven: (file: FileHandle, folder: string) => Promise<void> }>([
  { name: 'fdatasync', proven: datasync },
  { name: 'fsync', proven: sync },
  { name: 'a sync of folders', proven: async (_, folder) => syncFolders(folder) },
])(
  '$name is not believed when another one has met the failure of the commit that both need',
  async ({ proven }, { skip }) => {
    const obstacle = process.arch === 'x64' ? await whyNoDisk() : 'needs x64'
    if (obstacle !== undefined) skip(obstacle)
    const disk = await makeLoopDisk(64 * 2 ** 20)
    try {
      const [file, other] = [
        await open(join(disk.path, 'file'), 'wx'),
        await open(join(disk.path, 'other'), 'wx'),
      ]
      try {
        const folder = join(disk.path, 'folder')
        await mkdir(folder)
        await writeFile(file, 'acknowledged?')
        await writeFile(other, 'a neighbour')
        for (const name of ['file', 'other']) await run('perl', ['-e', writeBack, join(disk.path, name)])
        await disk.fail()
        await expect(other.sync()).rejects.toThrow('EIO')
        // Linux 6.18 calls `file.datasync()` and `file.sync()` a success here.
        await expect(proven(file, folder)).rejects.toThrow(/EROFS|EIO/)
      } finally {
        await file.close()
        await other.close()
      }
    } finally {
      await disk.remove()
    }
  },
)
