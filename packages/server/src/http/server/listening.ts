import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os'

/** Where the server listens. */
export interface Listening {
  /** From this machine: `http://127.0.0.1:8080`. */
  readonly url: string
  /** From other machines, where it listens on all addresses: one for each that this machine has. */
  readonly urlsForOthers: readonly string[]
}

/**
 * @param url what the server says of where it listens: with all addresses, one of loopback, or `[::]`
 * @param host the address that it was told to listen on
 */
export function listeningOn(
  url: string,
  host: string,
  interfaces: readonly NetworkInterfaceInfo[] = Object.values(networkInterfaces()).flatMap(
    (each) => each ?? [],
  ),
): Listening {
  if (host !== '0.0.0.0' && host !== '::') return { url, urlsForOthers: [] }
  const { protocol, port, hostname } = new URL(url)
  const reachable = interfaces.filter(
    ({ internal, family, address }) =>
      // An address that begins so holds on one wire only, and needs its name.
      !internal && (family === 'IPv4' || host === '::') && !address.startsWith('fe80:'),
  )
  const urlOf = (name: string): string => `${protocol}//${name}${port === '' ? '' : `:${port}`}`
  return {
    url: hostname === '[::]' ? urlOf('[::1]') : url,
    urlsForOthers: reachable.map(({ family, address }) =>
      urlOf(family === 'IPv4' ? address : `[${address}]`),
    ),
  }
}
