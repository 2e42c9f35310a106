import { isAllowed, isReachable, networkOf } from './address.rules';

describe('without allowed networks', () => {
  it.each(['93.184.216.34', '8.8.8.8', '2606:4700:4700::1111', '::ffff:8.8.8.8'])('%s is reachable', (address) =>
    expect(isReachable(address, [])).toBe(true),
  );

  it.each([
    '127.0.0.1',
    '127.9.9.9',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '198.18.0.1',
    '192.0.2.1',
    '240.0.0.1',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:53aa:64c:0:0:80ff:fffe',
    '2001:db8::1',
    '::7f00:1',
    '::a00:1',
    'fec0::1',
    '64:ff9b:1::a00:1',
    'fe80::1%eth0',
    '4000::1',
    '192.88.99.1',
    '192.0.0.192',
    '100.100.100.200',
    'no address',
    '',
  ])('%s is not', (address) => expect(isReachable(address, [])).toBe(false));
});

describe('an allowed network', () => {
  const loopback = [networkOf('127.0.0.0/8')];

  it('is reachable, and nothing else that is private', () => {
    expect(isReachable('127.0.0.1', loopback)).toBe(true);
    expect(isReachable('::ffff:127.0.0.1', loopback)).toBe(true);
    expect(isReachable('::1', loopback)).toBe(false);
    expect(isReachable('10.0.0.1', loopback)).toBe(false);
  });

  it('is told from the public internet', () => {
    expect(isAllowed('127.0.0.1', loopback)).toBe(true);
    expect(isAllowed('8.8.8.8', loopback)).toBe(false);
    expect(isAllowed('no address', loopback)).toBe(false);
  });

  it.each(['127.0.0.1', 'x/8', '127.0.0.0/33', ''])('%s is none', (text) => expect(() => networkOf(text)).toThrow());
});
