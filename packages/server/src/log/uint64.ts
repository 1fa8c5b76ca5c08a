const HIGH = 2 ** 32

/** Writes a safe integer as u64, little-endian. Two halves: a BigInt per record would cost an allocation. */
export function writeUint64(into: Buffer, value: number, at: number): void {
  into.writeUInt32LE(value % HIGH, at)
  into.writeUInt32LE(Math.floor(value / HIGH), at + 4)
}

/** Reads a u64, little-endian. Above 2^53, which no journal reaches, the result is only near: compare, don't count. */
export function readUint64(from: Buffer, at: number): number {
  return from.readUInt32LE(at + 4) * HIGH + from.readUInt32LE(at)
}
