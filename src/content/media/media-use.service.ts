import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { PostReferenceRepository } from '../post/post-reference.repository';
import { mediaTuple } from './media-link.service';
import { MediaUse } from './media-use.entity';

/** Something of another module that shows files: its kind, up to 24 characters, and its own id. */
export interface MediaHolder {
  readonly kind: string;
  readonly id: number;
}

const RELEASE = statement('media-use.release', 'delete from media_use where holder = $1 and holder_id = $2');

/**
 * The files of a holder as a column of a select, for `MediaLinkService.views`. `id` is the SQL of the holder's id; `kind`
 * a word of the code, never a request's.
 */
export function usedMedia(kind: string, id: string): string {
  return `(select json_agg(${mediaTuple('mu', 'mm')}) from media_use mu join media mm on mm.id = mu.media_id
    where mu.holder = '${kind}' and mu.holder_id = ${id})::text`;
}

/** Files that other things than posts show: as long as one does, a file is neither swept nor removed. */
@Injectable()
export class MediaUseService {
  constructor(
    private readonly database: Database,
    private readonly references: PostReferenceRepository,
  ) {}

  /**
   * From now on the holder shows these, in this order, and no others. Gives those of `ids` that are no files of the
   * owner's: then nothing has changed. Only inside a unit of work.
   */
  async show(holder: MediaHolder, ownerId: number, ids: readonly number[]): Promise<number[]> {
    const unknown = await this.references.unknownMedia(ids, ownerId);
    if (unknown.length > 0) return unknown;
    await this.release(holder);
    const uses = ids.map((mediaId, position) => ({ holder: holder.kind, holderId: holder.id, mediaId, position }));
    if (uses.length > 0) await this.database.manager.insert(MediaUse, uses);
    return [];
  }

  /** It shows none any more. */
  async release({ kind, id }: MediaHolder): Promise<void> {
    await this.database.execute(RELEASE, [kind, id]);
  }
}
