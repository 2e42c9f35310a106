import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Fails } from '../../infra/docs/fails';
import { DeferredInboxService } from '../../infra/webhook/deferred-inbox.service';
import { Signed, type SignedCall } from '../../infra/webhook/signed-call';
import { SignedBy } from '../../infra/webhook/signed-by';
import { inboxFull } from '../../infra/webhook/webhook.errors';
import { RAZORPAY } from './razorpay.source';
import { AcknowledgementResponse } from './dto/acknowledgement.response';
import { RazorpayEventRequest } from './dto/razorpay-event.request';
import { invalidSignature } from './webhook.errors';

/** All events may be sent to both: the second path is that of the old server. */
@ApiTags('Razorpay webhook')
@Controller('razorpay/webhooks')
export class RazorpayController {
  constructor(private readonly inbox: DeferredInboxService) {}

  @Post(['', 'save_onetime_order'])
  @HttpCode(200)
  @SignedBy(RAZORPAY)
  @Fails(invalidSignature(), inboxFull())
  @ApiOperation({
    summary: 'Take an event of Razorpay',
    description: 'It is kept when this answers, and processed afterwards; a repeat of an event is counted.',
  })
  @ApiHeader({
    name: 'X-Razorpay-Signature',
    required: true,
    description: 'Hex HMAC-SHA256 of the raw body with the secret of the webhook.',
  })
  @ApiHeader({
    name: 'X-Razorpay-Event-Id',
    required: false,
    description: 'The same at every repeat of an event. Without it, two calls with the same body are one event.',
  })
  @ApiBody({ type: RazorpayEventRequest })
  @ApiOkResponse({ type: AcknowledgementResponse })
  async receive(@Signed() call: SignedCall): Promise<AcknowledgementResponse> {
    await this.inbox.accept(call);
    return { status: 'ok' };
  }
}
