/**
 * Seeded chance: the same seed gives the same draws on every machine. All of the simulator's variety comes from here;
 * nothing in it asks `Math.random` or the clock.
 */
export interface Random {
  /** Uniform, 0 to below 1. */
  unit(): number
  /** Uniform, `min` to below `max`. */
  between(min: number, max: number): number
  /** Uniform integer, both ends included. */
  whole(min: number, max: number): number
  /** True with this probability. */
  chance(probability: number): boolean
  pick<T>(items: readonly T[]): T
  /** One of them, each as probable as its weight says. */
  weighted<T extends { readonly weight: number }>(items: readonly T[]): T
  /** Waiting time until something that happens once in `mean` on average. */
  exponential(mean: number): number
  /** What half of all draws stay below, with a tail to the right; `spread` 0.5 is moderate, 1 is wide. */
  logNormal(median: number, spread: number): number
  /** Another source that depends on the seed and the name alone, not on what was drawn here so far. */
  fork(name: string | number): Random
}

export function createRandom(seed: string | number): Random {
  const next = sfc32(seedWords(String(seed)))
  const unit = (): number => next() / 2 ** 32
  const between = (min: number, max: number): number => min + unit() * (max - min)
  const whole = (min: number, max: number): number => Math.floor(between(min, max + 1))
  return {
    unit,
    between,
    whole,
    chance: (probability) => unit() < probability,
    pick: (items) => itemAt(items, whole(0, items.length - 1)),
    weighted(items) {
      let left = unit() * items.reduce((sum, { weight }) => sum + weight, 0)
      const index = items.findIndex(({ weight }) => (left -= weight) < 0)
      return itemAt(items, index === -1 ? items.length - 1 : index)
    },
    exponential: (mean) => -mean * Math.log(1 - unit()),
    logNormal(median, spread) {
      const normal = Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit())
      return median * Math.exp(spread * normal)
    },
    fork: (name) => createRandom(`${seed}/${name}`),
  }
}

function itemAt<T>(items: readonly T[], index: number): T {
  const item = items[index]
  if (item === undefined) throw new Error('nothing to pick from')
  return item
}

type Words = readonly [number, number, number, number]

/** Chris Doty-Humphrey's "small fast counting" generator, 32 bits at a time. */
function sfc32([first, second, third, fourth]: Words): () => number {
  let [a, b, c, counter] = [first, second, third, fourth]
  const next = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let round = 0; round < 12; round += 1) next()
  return next
}

/** Four words that differ in all of their bits between seeds that differ in one letter (FNV-1a, well stirred). */
function seedWords(seed: string): Words {
  const word = (basis: number): number => {
    let hash = basis
    for (let index = 0; index < seed.length; index += 1) {
      hash = Math.imul(hash ^ seed.charCodeAt(index), 0x01000193)
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
    return hash ^ (hash >>> 13)
  }
  return [word(0x811c9dc5), word(0x9e3779b9), word(0x243f6a88), word(0xb7e15162)]
}
