import { PythonFloat } from '../../common/python-float';
import { PythonJsonError } from './python-json.error';
import type { PythonJson } from './python-json.value';

/** Python's own limit is 1000 frames, its framework's among them. */
const MAX_DEPTH = 1000;
/** Python's `sys.get_int_max_str_digits()`. */
const MAX_INTEGER_DIGITS = 4300;

const TAB = 0x09;
const NEWLINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const UPPER_E = 0x45;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const LOWER_E = 0x65;
const LOWER_U = 0x75;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const FOUR_HEX_DIGITS = /^[0-9a-fA-F]{4}$/;
const LITERALS: readonly (readonly [string, PythonJson])[] = [
  ['null', null],
  ['true', true],
  ['false', false],
];
const CONSTANTS = ['NaN', 'Infinity', '-Infinity'];

/** Follows CPython's Modules/_json.c step by step, because the place it reports for a fault is part of the message. */
export class PythonJsonScanner {
  private at = 0;
  private depth = 0;

  constructor(private readonly text: string) {}

  document(): PythonJson {
    if (this.text.startsWith('\ufeff')) throw this.fault('Unexpected UTF-8 BOM (decode using utf-8-sig)', 0);
    this.skipBlanks();
    const value = this.value();
    this.skipBlanks();
    if (this.at < this.text.length) throw this.fault('Extra data', this.at);
    return value;
  }

  private value(): PythonJson {
    switch (this.peek()) {
      case QUOTE:
        return this.string();
      case OPEN_BRACE:
        return this.nested('object', () => this.object());
      case OPEN_BRACKET:
        return this.nested('array', () => this.array());
      default:
        return this.scalar();
    }
  }

  private nested(kind: string, read: () => PythonJson): PythonJson {
    if (++this.depth > MAX_DEPTH) {
      throw new PythonJsonError(`maximum recursion depth exceeded while decoding a JSON ${kind} from a unicode string`);
    }
    this.at++;
    const value = read();
    this.depth--;
    return value;
  }

  private object(): PythonJson {
    const members = Object.create(null) as Record<string, PythonJson>;
    this.skipBlanks();
    if (this.take(CLOSE_BRACE)) return members;
    do {
      this.skipBlanks();
      if (this.peek() !== QUOTE) throw this.fault('Expecting property name enclosed in double quotes', this.at);
      const key = this.string();
      this.skipBlanks();
      if (!this.take(COLON)) throw this.fault("Expecting ':' delimiter", this.at);
      this.skipBlanks();
      members[key] = this.value();
    } while (this.another(CLOSE_BRACE));
    return members;
  }

  private array(): PythonJson {
    const items: PythonJson[] = [];
    this.skipBlanks();
    if (this.take(CLOSE_BRACKET)) return items;
    do {
      this.skipBlanks();
      items.push(this.value());
    } while (this.another(CLOSE_BRACKET));
    return items;
  }

  /** Takes the comma, or the closing character. */
  private another(close: number): boolean {
    this.skipBlanks();
    if (this.take(close)) return false;
    if (!this.take(COMMA)) throw this.fault("Expecting ',' delimiter", this.at);
    return true;
  }

  private string(): string {
    const begin = this.at++;
    let value = '';
    for (;;) {
      const end = this.endOfChunk(begin);
      value += this.text.slice(this.at, end);
      this.at = end + 1;
      if (this.text.charCodeAt(end) === QUOTE) return value;
      value += this.escape(begin);
    }
  }

  /** Where the next quote or backslash stands. */
  private endOfChunk(begin: number): number {
    for (let next = this.at; next < this.text.length; next++) {
      const unit = this.text.charCodeAt(next);
      if (unit === QUOTE || unit === BACKSLASH) return next;
      if (unit < SPACE) throw this.fault('Invalid control character at', next);
    }
    throw this.fault('Unterminated string starting at', begin);
  }

  /** Halves of a surrogate pair are escapes of their own, in UTF-16 as in JSON; a half without its other is kept. */
  private escape(begin: number): string {
    const letter = this.text[this.at];
    if (letter === undefined) throw this.fault('Unterminated string starting at', begin);
    if (this.peek() === LOWER_U) return this.unicodeEscape();
    const character = ESCAPES[letter];
    if (character === undefined) throw this.fault('Invalid \\escape', this.at - 1);
    this.at++;
    return character;
  }

  private unicodeEscape(): string {
    const digits = this.text.slice(this.at + 1, this.at + 5);
    if (!FOUR_HEX_DIGITS.test(digits) || this.at + 5 >= this.text.length) {
      throw this.fault('Invalid \\uXXXX escape', this.at);
    }
    this.at += 5;
    return String.fromCharCode(parseInt(digits, 16));
  }

  private scalar(): PythonJson {
    for (const [word, value] of LITERALS) if (this.takeWord(word)) return value;
    for (const word of CONSTANTS) {
      if (this.takeWord(word)) {
        throw new PythonJsonError(`Out of range float values are not JSON compliant: '${word}'`);
      }
    }
    return this.number();
  }

  private number(): PythonJson {
    const begin = this.at;
    this.take(MINUS);
    const integer = this.at;
    if (!this.take(ZERO) && !this.takeDigits()) throw this.fault('Expecting value', begin);
    const digits = this.at - integer;
    const fraction = this.takeOrGoBack(() => this.take(DOT) && this.takeDigits());
    const exponent = this.takeOrGoBack(() => this.takeExponent());
    const text = this.text.slice(begin, this.at);
    if (fraction || exponent) return new PythonFloat(Number(text));
    if (digits > MAX_INTEGER_DIGITS) throw tooManyDigits(digits);
    const value = Number(text);
    return Number.isSafeInteger(value) ? value + 0 : BigInt(text);
  }

  private takeExponent(): boolean {
    if (!this.take(LOWER_E) && !this.take(UPPER_E)) return false;
    if (!this.take(PLUS)) this.take(MINUS);
    return this.takeDigits();
  }

  private takeDigits(): boolean {
    const begin = this.at;
    for (let unit = this.peek(); unit >= ZERO && unit <= NINE; unit = this.peek()) this.at++;
    return this.at > begin;
  }

  private takeOrGoBack(take: () => boolean): boolean {
    const begin = this.at;
    const taken = take();
    if (!taken) this.at = begin;
    return taken;
  }

  private takeWord(word: string): boolean {
    const found = this.text.startsWith(word, this.at);
    if (found) this.at += word.length;
    return found;
  }

  private take(unit: number): boolean {
    const found = this.peek() === unit;
    if (found) this.at++;
    return found;
  }

  /** NaN at the end of the text, which equals and orders with nothing. */
  private peek(): number {
    return this.text.charCodeAt(this.at);
  }

  private skipBlanks(): void {
    for (;;) {
      const unit = this.peek();
      if (unit !== SPACE && unit !== NEWLINE && unit !== RETURN && unit !== TAB) return;
      this.at++;
    }
  }

  private fault(message: string, index: number): PythonJsonError {
    return PythonJsonError.at(this.text, index, message);
  }
}

function tooManyDigits(digits: number): PythonJsonError {
  return new PythonJsonError(
    `Exceeds the limit (${MAX_INTEGER_DIGITS} digits) for integer string conversion: value has ${digits} digits; ` +
      'use sys.set_int_max_str_digits() to increase the limit',
  );
}
