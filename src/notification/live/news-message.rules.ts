/** PostgreSQL takes less than 8,000 bytes in one notification. */
const MOST_BYTES = 7_900;

/** `<sender>:<id>,<id>…`, as many of them as it takes. */
export function messagesOf(sender: string, accountIds: readonly number[]): string[] {
  const messages: string[] = [];
  let message = '';
  for (const id of accountIds) {
    const longer = message === '' ? `${sender}:${id}` : `${message},${id}`;
    if (longer.length <= MOST_BYTES) {
      message = longer;
    } else {
      messages.push(message);
      message = `${sender}:${id}`;
    }
  }
  return message === '' ? messages : [...messages, message];
}

/** What another sender tells; nothing of one's own, and of what is no message. */
export function accountsIn(message: string, sender: string): number[] {
  const [from, ids] = message.split(':');
  if (from === sender || ids === undefined || !/^\d{1,16}(?:,\d{1,16})*$/.test(ids)) return [];
  return ids.split(',').map(Number);
}
