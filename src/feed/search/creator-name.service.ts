import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../infra/database/unit-of-work';
import { CreatorNameRepository, type CreatorRow } from './creator-name.repository';
import { distanceOfName, soughtTrigrams, trigramsOf, wordsOf } from './creator-name.rules';

/** How many are compared, and how many answered. */
const CANDIDATES = 60;
const MOST = 10;

@Injectable()
export class CreatorNameService {
  constructor(
    private readonly names: CreatorNameRepository,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Makes what is looked through true to the account as it is now, whichever order it is told of changes in. */
  async refresh(accountId: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      const name = await this.names.lock(accountId);
      const words = name === undefined ? [] : wordsOf(name.username, name.first_name, name.last_name);
      await this.names.replace(accountId, trigramsOf(words));
    });
  }

  /** The nearest first, those with more followers before others as near. */
  async find(text: string): Promise<CreatorRow[]> {
    const typed = wordsOf(text);
    if (typed.length === 0) return [];
    const candidates = await this.names.alike(soughtTrigrams(typed), CANDIDATES);
    return candidates
      .map((row) => ({ row, distance: distanceOfName(typed, wordsOf(row.username, row.first_name, row.last_name)) }))
      .filter(({ distance }) => distance !== undefined)
      .sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0) || b.row.follower_count - a.row.follower_count)
      .slice(0, MOST)
      .map(({ row }) => row);
  }
}
