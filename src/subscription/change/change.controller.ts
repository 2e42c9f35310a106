import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated } from '../../common/access';
import { CurrentUser, type Principal } from '../../common/current-user';
import { invalid } from '../../common/domain-error';
import { Fails } from '../../infra/docs/fails';
import { Envelope } from '../../infra/http/envelope';
import { IdParam } from '../../infra/http/id-param';
import { Idempotent } from '../../infra/idempotency/idempotent';
import { SubscriptionResponse } from '../purchase/dto/purchase.response';
import { PurchaseReaderService } from '../purchase/purchase-reader.service';
import { changePending, changeRefused, noChange, quoteStale } from './change.errors';
import { ChangeService } from './change.service';
import { ChangeRequest } from './dto/change.request';
import { ChangeResponse } from './dto/change.response';

@ApiTags('Subscriptions')
@Envelope('drf')
@Controller('subscriptions')
export class ChangeController {
  constructor(
    private readonly changes: ChangeService,
    private readonly reader: PurchaseReaderService,
  ) {}

  @Post('change')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @Fails(changePending(), quoteStale({}), changeRefused())
  @ApiOperation({
    summary: 'Change to another tier of the same creator',
    description:
      'With `preview: true` it shows what that costs and when it begins; sent again with the `quote` of the preview it is ' +
      'done, and never at another price: if something has changed since, it is 409 with a new `preview`. Where Razorpay ' +
      'charges no other price by the payment authorisation that is there (UPI, e-mandates and cards of Indian banks; ' +
      'another currency; payments that fail), the answer has a `checkout` at which it is authorised anew: until that is ' +
      'done everything stays as it is.',
  })
  @ApiOkResponse({ type: ChangeResponse })
  async change(@Body() body: ChangeRequest, @CurrentUser() { accountId }: Principal): Promise<ChangeResponse> {
    const { subscriptionID: subscriptionId, tierID: tierId, when, currency, quote, amount } = body;
    const wish = { subscriptionId, tierId, when, currency, amount };
    if (body.preview === true) return ChangeResponse.ofOffer(await this.changes.preview(accountId, wish));
    if (quote === undefined) throw invalid({ quote: ['This field is required.'] });
    return ChangeResponse.of(await this.changes.agree(accountId, { ...wish, quote }));
  }

  @Post(':id/cancel_change')
  @HttpCode(200)
  @Authenticated()
  @Idempotent()
  @Fails(noChange())
  @ApiOperation({ summary: 'Call off a change of tier that has yet to begin' })
  @ApiOkResponse({ type: SubscriptionResponse })
  async callOff(
    @Param('id', IdParam) id: number,
    @CurrentUser() { accountId }: Principal,
  ): Promise<SubscriptionResponse> {
    await this.changes.callOff(accountId, id);
    return this.reader.get(accountId, id);
  }
}
