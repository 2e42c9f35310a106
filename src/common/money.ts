export interface Money {
  /** A safe integer, in minor units of the currency: 100 is INR 1.00. */
  readonly amount: number;
  /** ISO 4217, in capitals. */
  readonly currency: string;
}
