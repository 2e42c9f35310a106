import { isUtf8 } from 'node:buffer';
import { PythonJsonError } from './python-json.error';

/** @throws PythonJsonError in the words of Python's UnicodeDecodeError */
export function decodeUtf8(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new PythonJsonError(fault(bytes));
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

function fault(bytes: Uint8Array): string {
  let at = 0;
  for (;;) {
    const sequence = sequenceAt(bytes, at);
    if (sequence.fault) return message(bytes, at, sequence.length, sequence.fault);
    at += sequence.length;
  }
}

interface Sequence {
  readonly length: number;
  readonly fault?: 'invalid start byte' | 'invalid continuation byte' | 'unexpected end of data';
}

function sequenceAt(bytes: Uint8Array, at: number): Sequence {
  const lead = bytes[at];
  if (lead === undefined) throw new Error('The bytes are UTF-8 after all');
  if (lead < 0x80) return { length: 1 };
  if (lead < 0xc2 || lead > 0xf4) return { length: 1, fault: 'invalid start byte' };
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  for (let i = 1; i < length; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return { length: i, fault: 'unexpected end of data' };
    const [low, high] = i === 1 ? secondByte(lead) : [0x80, 0xbf];
    if (byte < low || byte > high) return { length: i, fault: 'invalid continuation byte' };
  }
  return { length };
}

/** The leads whose second byte has a narrower range: overlong forms, surrogates, and what lies beyond U+10FFFF. */
function secondByte(lead: number): readonly [number, number] {
  switch (lead) {
    case 0xe0:
      return [0xa0, 0xbf];
    case 0xed:
      return [0x80, 0x9f];
    case 0xf0:
      return [0x90, 0xbf];
    case 0xf4:
      return [0x80, 0x8f];
    default:
      return [0x80, 0xbf];
  }
}

function message(bytes: Uint8Array, at: number, length: number, reason: string): string {
  const where =
    length === 1
      ? `byte 0x${(bytes[at] ?? 0).toString(16).padStart(2, '0')} in position ${at}`
      : `bytes in position ${at}-${at + length - 1}`;
  return `'utf-8' codec can't decode ${where}: ${reason}`;
}
