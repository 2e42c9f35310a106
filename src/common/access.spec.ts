import { accessOf, Authenticated, markAccess, OptionalAuth, Public, Roles } from './access';

class Routes {
  @Public()
  open(): void {}

  @OptionalAuth()
  either(): void {}

  @Authenticated()
  known(): void {}

  @Roles('admin', 'support')
  staff(): void {}

  forgotten(): void {}
}

const handler = (name: keyof Routes): object =>
  Object.getOwnPropertyDescriptor(Routes.prototype, name)?.value as object;

describe('access markers', () => {
  it.each([
    ['open', { kind: 'public' }],
    ['either', { kind: 'optional' }],
    ['known', { kind: 'authenticated' }],
    ['staff', { kind: 'roles', roles: ['admin', 'support'] }],
    ['forgotten', undefined],
  ] as const)('%s is marked %j', (name, access) => {
    expect(accessOf(handler(name))).toEqual(access);
  });

  it('refuses a second marker on one handler', () => {
    const mark = () => {
      class Twice {
        @markAccess({ kind: 'plugin-user' })
        @Public()
        route(): void {}
      }
      return Twice;
    };
    expect(mark).toThrow('Twice.route carries two access markers');
  });
});
