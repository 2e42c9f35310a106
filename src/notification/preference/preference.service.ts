import { Injectable } from '@nestjs/common';
import { notAuthenticated } from '../../common/domain-error';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { DIGEST_HOUR } from '../deliver/local-time.rules';
import { defaultsOf, isLocked } from '../kind/notification-kind.rules';
import type { UnsubscribeClaim } from '../mail/unsubscribe-tokens';
import type { PreferencesRequest } from './dto/preference.request';
import type { PreferencesResponse } from './dto/preference.response';
import { noQuietHours } from './preference.errors';
import { PreferenceRepository } from './preference.repository';
import { changesOf, channelsOfAll, inDigest } from './preference.rules';

/** By which ways somebody wants to hear of what. */
@Injectable()
export class PreferenceService {
  constructor(
    private readonly preferences: PreferenceRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async get(accountId: number): Promise<PreferencesResponse> {
    const owner = await this.preferences.owner(accountId);
    // Credentials outlive a closed account by minutes.
    if (owner === undefined) throw notAuthenticated();
    const channels = channelsOfAll(await this.preferences.wishes(accountId));
    return {
      time_zone: owner.timeZone,
      digest_hour: DIGEST_HOUR,
      quiet_hours: owner.quietHours,
      preferences: [...channels].map(([kind, { bell, mail }]) => ({ kind, bell, mail, locked: isLocked(kind) })),
    };
  }

  async put(accountId: number, { preferences = [], quiet_hours }: PreferencesRequest): Promise<PreferencesResponse> {
    if (quiet_hours && quiet_hours.from === quiet_hours.until) throw noQuietHours();
    await this.unitOfWork.run(async () => {
      if (!(await this.preferences.hold(accountId))) throw notAuthenticated();
      const wished = await this.preferences.wishes(accountId);
      for (const [kind, channels] of changesOf(preferences, wished)) {
        await this.preferences.set(accountId, kind, channels);
      }
      if (quiet_hours !== undefined) await this.preferences.setQuiet(accountId, quiet_hours);
    });
    return this.get(accountId);
  }

  /** Mails of a kind, or the daily ones, no more; the bell stays. Repeatable, and nothing for a closed account. */
  async unsubscribe({ accountId, from }: UnsubscribeClaim): Promise<void> {
    await this.unitOfWork.run(async () => {
      if (!(await this.preferences.hold(accountId))) return;
      const wished = await this.preferences.wishes(accountId);
      const isQuiet = ((await this.preferences.owner(accountId))?.quietHours ?? null) !== null;
      const kinds = from === 'digest' ? inDigest(wished, isQuiet) : [from].filter((kind) => !isLocked(kind));
      for (const kind of kinds) {
        const { bell } = wished.get(kind) ?? defaultsOf(kind);
        await this.preferences.set(accountId, kind, { bell, mail: 'off' });
      }
    });
  }
}
