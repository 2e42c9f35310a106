import { Injectable } from '@nestjs/common';
import { Database, statement } from '../../infra/database/database';
import { withShortWords } from '../../infra/database/short-words';

export interface SearchText {
  readonly title: string;
  readonly teaser: string;
  readonly body: string;
}

const PUT = statement(
  'post-search.put',
  `insert into post_search (post_id, document)
   values ($1, setweight(to_tsvector('simple', $2::text), 'A') || setweight(to_tsvector('simple', $3::text), 'B')
     || setweight(to_tsvector('simple', $4::text), 'C'))
   on conflict (post_id) do update set document = excluded.document`,
  `insert into post_search (post_id, title, document) values ($1, $2, $3)
   on duplicate key update title = values(title), document = values(document)`,
);

/** A tsvector ends at 1 MiB: of this many characters it needs less, whatever they are. */
const MAX_INDEXED = 100_000;

/** The words by which posts are found. Only inside the unit of work that writes the post. */
@Injectable()
export class PostSearchRepository {
  constructor(private readonly database: Database) {}

  async put(postId: number, { title, teaser, body }: SearchText): Promise<void> {
    const texts = [title, teaser, body.slice(0, MAX_INDEXED)];
    const kept =
      this.database.dialect === 'postgres' ? texts : [withShortWords(title), withShortWords(texts.join('\n'))];
    await this.database.execute(PUT, [postId, ...kept]);
  }
}
