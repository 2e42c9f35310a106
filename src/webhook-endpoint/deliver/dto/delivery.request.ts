import { ChoiceField } from '../../../infra/http/fields';
import { Strict } from '../../../infra/http/fields/plan';
import { PagedQuery } from '../../../infra/http/page.request';
import { DELIVERY_STATUSES, type EndpointDeliveryStatus } from '../endpoint-delivery.entity';

@Strict()
export class EndpointDeliveryQuery extends PagedQuery {
  @ChoiceField(DELIVERY_STATUSES, { required: false, description: 'Only these.', example: 'dead' })
  status?: EndpointDeliveryStatus;
}
