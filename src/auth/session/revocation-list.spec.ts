import type { Settings } from '../../infra/config/settings';
import { MovableClock } from '../../../test/fakes/movable-clock';
import { RevocationList } from './revocation-list';

describe('RevocationList', () => {
  it('keeps an ended session for as long as its access tokens live, and a minute for clocks that differ', () => {
    const clock = new MovableClock();
    const list = new RevocationList(clock, { accessTokenTtlSeconds: 300 } as Settings);
    list.add(9, 'logout', clock.now());
    clock.advance(359_000);
    list.prune();
    expect([list.endOf(9), list.endOf(10)]).toEqual(['logout', undefined]);
    clock.advance(2_000);
    list.prune();
    expect([list.endOf(9), list.size]).toEqual([undefined, 0]);
  });
});
