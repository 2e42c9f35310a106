const MAX_CHARACTERS = 255;
/** Control characters, and those that turn the direction of a text around: `exe.gnp` must not read as `png.exe`. */
const HIDDEN = /[\p{Cc}\p{Cs}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** What a client calls its file, without folders; never empty. */
export function fileName(given: string | undefined): string {
  const name = (given ?? '').normalize('NFC').replace(HIDDEN, '').split(/[/\\]/).at(-1)?.trim() ?? '';
  const kept = [...name].slice(0, MAX_CHARACTERS).join('').trim();
  return kept === '' || kept === '.' || kept === '..' ? 'file' : kept;
}

/** RFC 6266: the name in UTF-8, and for old clients what of it is ASCII. */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/gu, '_');
  const encoded = encodeURIComponent(name).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
