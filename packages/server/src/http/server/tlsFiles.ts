import { readFileSync, unwatchFile, watchFile } from 'node:fs'
import type { Server as HttpServer } from 'node:http'
import { createSecureContext, Server as TlsServer } from 'node:tls'
import { messageOf } from '../../messageOf.ts'
import { StartError } from '../../startError.ts'

/** Where the certificate and its key are, as PEM. */
export interface TlsFiles {
  readonly certFile: string
  readonly keyFile: string
}

export interface Tls {
  /** The certificate, and behind it those that it was made by. */
  readonly cert: Buffer
  readonly key: Buffer
}

/** How often the files are looked at: a certificate that was renewed is used without a restart. */
const tlsFilesIntervalMs = 1000

/** Read both. Throws a `StartError` that names what is wrong with them. */
export function readTls({ certFile, keyFile }: TlsFiles): Tls {
  try {
    const tls = { cert: readFileSync(certFile), key: readFileSync(keyFile) }
    createSecureContext(tls)
    return tls
  } catch (error) {
    const reason = messageOf(error)
    throw new StartError(
      `the certificate ${certFile} with the key ${keyFile} is not usable: ${reason}`,
      error,
    )
  }
}

/**
 * Give a server the files' new content when they change; connections that are open stay as they are. Answers how to end
 * it. While the two do not fit, as between the writing of one and the other, what was known before holds.
 */
export function followTls(
  server: HttpServer,
  files: TlsFiles,
  onChange: (error: Error | undefined) => void,
): () => void {
  if (!(server instanceof TlsServer)) throw new Error('a server without TLS has no certificate to follow')
  const reload = (): void => {
    try {
      server.setSecureContext(readTls(files))
      onChange(undefined)
    } catch (error) {
      onChange(error as Error)
    }
  }
  const paths = [files.certFile, files.keyFile]
  for (const path of paths) watchFile(path, { interval: tlsFilesIntervalMs, persistent: false }, reload)
  return () => {
    for (const path of paths) unwatchFile(path, reload)
  }
}
