/** A place between two posts of a list that runs from the newest to the oldest. */
export interface PostCursor {
  /** `after` it come the older ones. */
  readonly direction: 'after' | 'before';
  readonly publishAt: Date;
  readonly id: number;
}

const LETTERS = { after: 'a', before: 'b' } as const;
const FORM = /^([ab])(\d{1,15})\.(\d{1,16})$/;
const LONGEST = 64;
/** The end of the year 9999, with which instants end on every dialect. */
const LATEST_MS = 253_402_300_799_999;

/** Opaque to clients. */
export function encodeCursor({ direction, publishAt, id }: PostCursor): string {
  return Buffer.from(`${LETTERS[direction]}${publishAt.getTime()}.${id}`).toString('base64url');
}

/** Undefined for whatever `encodeCursor` can't have made. */
export function decodeCursor(text: unknown): PostCursor | undefined {
  if (typeof text !== 'string' || text.length > LONGEST) return undefined;
  const [, letter, at, id] = FORM.exec(Buffer.from(text, 'base64url').toString('latin1')) ?? [];
  const cursor: PostCursor = {
    direction: letter === LETTERS.after ? 'after' : 'before',
    publishAt: new Date(Number(at)),
    id: Number(id),
  };
  if (!(cursor.publishAt.getTime() <= LATEST_MS) || !Number.isSafeInteger(cursor.id)) return undefined;
  return encodeCursor(cursor) === text ? cursor : undefined;
}
