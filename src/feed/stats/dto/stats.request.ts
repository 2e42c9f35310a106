import { IntegerField } from '../../../infra/http/fields';

export class StatsRequest {
  @IntegerField({ required: false, min: 1, max: 366, description: 'Up to today; 30 unless told.', example: 30 })
  days = 30;
}
