import type { Settings } from '../config/settings';
import { AbsoluteUrl } from './page-url';

const urls = new AbsoluteUrl({ publicUrl: new URL('https://guildhall.example.org') } as Settings);

it.each([
  ['/content/api/content/?page=2&q=a%20b', '/content/api/content/?page=2&q=a%20b'],
  ['/', '/'],
  ['//evil.example/x?y', '/evil.example/x?y'],
  ['///evil.example/x', '/evil.example/x'],
  ['/\\evil.example/x', '/evil.example/x'],
  ['http://evil.example/content/?page=2', '/content/?page=2'],
  ['https://user:secret@evil.example:8443/content/', '/content/'],
  ['http://evil.example//twice.example/x', '/twice.example/x'],
  ['HTTP://evil.example?page=2', '/?page=2'],
  ['?page=2', '/?page=2'],
  ['evil.example:443', '/'],
  ['http://', '/'],
  ['/a:b@c', '/a:b@c'],
])('%s is ours', (target, path) => {
  expect(urls.transform(target).href).toBe(`https://guildhall.example.org${path}`);
});
