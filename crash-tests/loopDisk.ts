import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { eventually } from './eventually.ts'

const run = promisify(execFile)

/** ext4's `EXT4_IOC_SHUTDOWN` with `NOLOGFLUSH`: from here on nothing reaches the disk, not even what is in memory. */
const cutOff =
  'my $flags = pack "L", 2; open my $dir, "<", $ARGV[0] or die $!; ioctl $dir, 0x8004587D, $flags or die $!'

/**
 * `LOOP_GET_STATUS64` and `LOOP_SET_STATUS64`, with a size limit of one sector: what is beyond the end of a device fails
 * with EIO. Requests that were taken before are finished, later ones are not begun.
 */
const shrink =
  'open my $loop, "<", $ARGV[0] or die $!; my $status = "\\0" x 232; ioctl $loop, 0x4C05, $status or die $!; substr $status, 32, 8, pack "Q", 512; ioctl $loop, 0x4C04, $status or die $!'

/** A file system of its own, in a file: real ext4, whose power can be cut and whose space can run out. */
export interface LoopDisk {
  /** Where it is mounted. */
  readonly path: string
  /**
   * The power is cut: all that was not synced is lost, and what comes after fails with EIO. A sync that is under way at
   * that moment may still be called a success by Linux and is lost all the same (seen with 6.18): whoever would act on
   * that has to be frozen before, as it is when the power really goes.
   */
  cutPower(): Promise<void>
  /** From here on the device reads and writes nothing any more: EIO. What it had taken it keeps. */
  fail(): Promise<void>
  /** Mount it again, as a machine does that starts again. Nobody may have a file of it open. */
  restart(): Promise<void>
  /** Unmount and delete it. */
  remove(): Promise<void>
}

/** @throws where it is not allowed to mount; see `whyNoDisk` */
export async function makeLoopDisk(bytes: number): Promise<LoopDisk> {
  const folder = await mkdtemp(join(tmpdir(), 'playhead-disk-'))
  const [image, path] = [join(folder, 'image'), join(folder, 'mounted')]
  const mount = (): Promise<unknown> => run('mount', ['-o', 'loop', image, path])
  // Somebody who is dying may still have it open.
  const unmount = (): Promise<unknown> =>
    eventually(`${path} to be unmounted`, () =>
      run('umount', [path]).then(
        () => true,
        () => false,
      ),
    )
  await run('truncate', ['-s', String(bytes), image])
  await run('mkfs.ext4', ['-q', '-F', image])
  await run('mkdir', [path])
  await mount()
  return {
    path,
    async cutPower() {
      await run('perl', ['-e', cutOff, path])
    },
    async fail() {
      const { stdout } = await run('findmnt', ['-n', '-o', 'SOURCE', path])
      await run('perl', ['-e', shrink, stdout.trim()])
    },
    async restart() {
      await unmount()
      // Answers 1 when there was something to mend, as after writes that failed.
      await run('e2fsck', ['-p', image]).catch((error: { code?: number }) => {
        if (error.code !== 1) throw error
      })
      await mount()
    },
    async remove() {
      await unmount()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Why no such disk can be had here; `undefined` when it can. */
export async function whyNoDisk(): Promise<string | undefined> {
  try {
    const disk = await makeLoopDisk(16 * 2 ** 20)
    try {
      await disk.cutPower()
    } finally {
      await disk.remove()
    }
    return undefined
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim().replaceAll(/\s+/g, ' ') : String(error)
    return `needs root, mount, mkfs.ext4 and perl: ${reason}`
  }
}
