/**
 * A JSON number written with a fraction or an exponent. Python keeps it apart from an integer: where JavaScript has
 * one number, `1.0` prints as "1.0" there, `1e16` as "1e+16", and both matter to texts and to signatures.
 */
export class PythonFloat {
  constructor(readonly value: number) {}

  /** As Python's `str(value)`. */
  toString(): string {
    if (!Number.isFinite(this.value)) return this.value > 0 ? 'inf' : '-inf';
    const [mantissa, power] = this.value.toExponential().split('e');
    const exponent = Number(power);
    if (exponent < -4 || exponent >= 16) {
      return `${mantissa}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
    }
    const sign = Object.is(this.value, -0) ? '-' : '';
    return `${sign}${this.value}${Number.isInteger(this.value) ? '.0' : ''}`;
  }
}
