import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock';
import { forbidden, notAuthenticated } from '../../common/domain-error';
import { countsByDay, type LocalDay, localDays, startOf } from '../../common/local-day';
import { LedgerReportService } from '../../payment/ledger/ledger-report.service';
import type { StatsResponse, StatsDay } from './dto/stats.response';
import type { UserStatsResponse } from './dto/user-stats.response';
import { type BucketRow, type Counted, COUNTED, StatsRepository } from './stats.repository';
import { TierMembersRepository } from './tier-members.repository';
import { tierSeries } from './tier-members.rules';

@Injectable()
export class StatsService {
  constructor(
    private readonly stats: StatsRepository,
    private readonly tierMembers: TierMembersRepository,
    private readonly ledger: LedgerReportService,
    private readonly clock: Clock,
  ) {}

  /** Of a creator, in the creator's time zone. One query after the other: a dashboard must not take every connection. */
  async ofCreator(accountId: number, days: number): Promise<StatsResponse> {
    const creator = await this.stats.creator(accountId);
    if (!creator?.is_creator) throw forbidden();
    const now = this.clock.now();
    const calendar = localDays(creator.time_zone, now, days);
    const since = startOf(calendar);
    const { currencies, days: moneyByDay } = await this.ledger.ofPayee(accountId, calendar);
    return {
      time_zone: creator.time_zone,
      since: calendar[0]?.date ?? '',
      until: calendar.at(-1)?.date ?? '',
      totals: await this.stats.totals(accountId, now),
      members_by_tier: await this.stats.byTier(accountId, now),
      tier_series: tierSeries(calendar, await this.tierMembers.moves(accountId, now, since)),
      money: currencies,
      series: seriesOf(calendar, await this.stats.series(accountId, now, since), moneyByDay),
      top_posts: await this.stats.topPosts(accountId, now),
    };
  }

  async ofReader(accountId: number): Promise<UserStatsResponse> {
    const reader = await this.stats.reader(accountId);
    // Credentials outlive a closed account by minutes.
    if (reader === undefined) throw notAuthenticated();
    const memberships = await this.stats.memberships(accountId, this.clock.now());
    return {
      following: reader.following,
      memberships: memberships.map(({ since, access_until, ...membership }) => ({
        ...membership,
        since: since.toISOString(),
        access_until: access_until?.toISOString() ?? null,
      })),
      likes: reader.likes,
      comments: reader.comments,
      paid: await this.ledger.ofPayer(accountId),
      member_since: reader.member_since.toISOString(),
    };
  }
}

function seriesOf(
  days: readonly LocalDay[],
  rows: readonly BucketRow[],
  money: readonly StatsDay['money'][],
): StatsDay[] {
  const columns = COUNTED.map((kind) => {
    const own = rows.filter((row) => row.kind === kind);
    return [kind, countsByDay(days, new Map(own.map(({ bucket, count }) => [bucket, count])))] as const;
  });
  return days.map(({ date }, index) => {
    const counts = columns.map(([kind, byDay]) => [kind, byDay[index] ?? 0]);
    return { date, ...(Object.fromEntries(counts) as Record<Counted, number>), money: money[index] ?? [] };
  });
}
