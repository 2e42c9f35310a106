import { BooleanField, CharField, IntegerField } from '../../../infra/http/fields';
import { Strict } from '../../../infra/http/fields/plan';
import { PagedQuery } from '../../../infra/http/page.request';

const MAX_REASON = 500;

@Strict()
export class ReasonRequest {
  @CharField({ max: MAX_REASON, example: 'Advertising.' })
  reason: string;
}

@Strict()
export class BanRequest {
  @IntegerField({ example: 9 })
  account: number;

  @CharField({ max: MAX_REASON, description: 'Whoever is banned is told.', example: 'Advertising.' })
  reason: string;

  @BooleanField({ required: false, description: 'Hides the past comments too.', example: true })
  hide_comments?: boolean;
}

@Strict()
export class ReportQuery extends PagedQuery {
  @BooleanField({ required: false, description: 'Whether nobody has resolved it.', example: true })
  open?: boolean;
}

@Strict()
export class ModerationQuery extends PagedQuery {
  @IntegerField({ required: false, description: 'Against whom.', example: 9 })
  account?: number;

  @IntegerField({ required: false, description: 'On whose page; 0 = everywhere.', example: 7 })
  creator?: number;
}
