import type { Provider, Type } from '@nestjs/common';
import { PostComment } from './post-comment.entity';

/** The part of ContentModule for comment. */
export const COMMENT = { entities: [PostComment], controllers: [] as Type[], providers: [] as Provider[] };
