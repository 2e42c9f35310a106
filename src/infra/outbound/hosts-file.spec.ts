import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addressesInHostsFile } from './hosts-file';

let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guildhall-hosts-'));
  file = join(folder, 'hosts');
  const lines = [
    '# the machines of this house',
    '127.0.0.1\tlocalhost',
    '10.0.0.7  lms.internal  Academy.internal # the school',
    'fd00::7 lms.internal',
    '#10.0.0.8 gone.internal',
    'no-address odd.internal',
    '',
  ];
  writeFileSync(file, lines.join('\r\n'));
});

afterAll(() => rmSync(folder, { recursive: true }));

it('finds every address of a name, however it is written', async () => {
  const both = [
    { address: '10.0.0.7', family: 4 },
    { address: 'fd00::7', family: 6 },
  ];
  expect(await addressesInHostsFile('lms.internal', file)).toEqual(both);
  expect(await addressesInHostsFile('LMS.Internal.', file)).toEqual(both);
  expect(await addressesInHostsFile('academy.internal', file)).toEqual([both[0]]);
});

it.each(['internal', 'gone.internal', 'odd.internal', 'the', 'lms.internal.example', ''])(
  'knows no %s',
  async (name) => {
    expect(await addressesInHostsFile(name, file)).toEqual([]);
  },
);

it('knows no name without a file', async () => {
  expect(await addressesInHostsFile('lms.internal', join(folder, 'none'))).toEqual([]);
});
