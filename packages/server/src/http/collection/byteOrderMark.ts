const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf])

/**
 * A body without the byte order mark that some clients write in front of it. The mark says how the text is encoded and
 * is no part of it: dropped here, it is in no decoder's way, and a body is the same with it and without.
 */
export function withoutByteOrderMark(body: Buffer): Buffer {
  return body.subarray(0, 3).equals(byteOrderMark) ? body.subarray(3) : body
}
