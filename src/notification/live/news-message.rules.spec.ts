import { accountsIn, messagesOf } from './news-message.rules';

it('carries any number of accounts, a notification of PostgreSQL at a time', () => {
  const ids = Array.from({ length: 5_000 }, (_, index) => 9_000_000_000_000_000 + index);
  const messages = messagesOf('one', ids);
  expect(Math.max(...messages.map((message) => Buffer.byteLength(message)))).toBeLessThan(8_000);
  expect(messages.flatMap((message) => accountsIn(message, 'two'))).toEqual(ids);
  expect(messagesOf('one', [])).toEqual([]);
});

it('does not hear itself, nor what is no message', () => {
  expect(accountsIn('one:1,2', 'one')).toEqual([]);
  for (const text of ['', 'two', 'two:', 'two:x', 'two:1,', 'two:1;2', 'two:-1']) {
    expect([text, accountsIn(text, 'one')]).toEqual([text, []]);
  }
});
