import { frame, lastEventId } from './event-stream.rules';

it('writes events that no text can break out of', () => {
  const text = frame('notification', { target: 'a\n\nid: 9\r\ndata: {}\u2028' }, 7);
  expect(text.split(/\r\n|\n|\r/)).toEqual(['id: 7', 'event: notification', expect.stringMatching(/^data: {/), '', '']);
  expect(frame('unread_count', { unread_count: 0 })).toBe('event: unread_count\ndata: {"unread_count":0}\n\n');
});

it.each([
  ['0', 0],
  ['17', 17],
  [' 17 ', 17],
  ['-1', undefined],
  ['1.5', undefined],
  ['9'.repeat(16), undefined],
  ['x', undefined],
  ['', undefined],
  [undefined, undefined],
  [['1', '2'], undefined],
])('of Last-Event-ID %j it takes %s', (header, id) => {
  expect(lastEventId(header)).toBe(id);
});
