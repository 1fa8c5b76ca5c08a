/** Digits of a mean that say something: the last of the sixteen that a number has are noise of the arithmetic. */
export const significantDigits = 12

/** A mean as every answer gives it: 300, not 300.00000000000006. */
export function significant(value: number): number {
  return Number(value.toPrecision(significantDigits))
}
