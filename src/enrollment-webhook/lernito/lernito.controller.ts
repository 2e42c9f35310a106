import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { JsonObject } from '../../infra/outbox/fact';
import { Envelope } from '../../infra/http/envelope';
import { InboxService } from '../../infra/webhook/inbox.service';
import { Signed, type SignedCall } from '../../infra/webhook/signed-call';
import { SignedBy } from '../../infra/webhook/signed-by';
import { EnrolRequest } from './enrol.request';
import { EnrolResponse } from './enrol.response';
import { Fails } from '../../infra/docs/fails';
import { invalidCourseKey, invalidSignature, noCourse, unknownCourse } from '../enrollment-webhook.errors';

/** The path that the old server had, and the one that its README promised. */
@ApiTags('Enrolment webhook')
@Envelope('lernito')
@Controller(['api/lernito/webhook', 'lernito/webhook'])
export class LernitoController {
  constructor(private readonly inbox: InboxService) {}

  @Post()
  @HttpCode(200)
  @SignedBy('lernito')
  @Fails(invalidSignature(), noCourse(), invalidCourseKey('DemoX'), unknownCourse('course-v1:edX+DemoX+Demo_Course'))
  @ApiOperation({
    summary: 'Enrol somebody in courses',
    description:
      'All or nothing, and the same whenever it is repeated. Who has no account, or has not proven the mailbox yet, ' +
      'is enrolled once the mailbox is proven.',
  })
  @ApiHeader({
    name: 'X-Lernito-Signature',
    required: true,
    description:
      'Hex HMAC-SHA256 with the shared secret: of the raw body, or of the body printed again as ' +
      '`json.dumps(body, sort_keys=True)`, with or without `separators=(",", ":")`.',
  })
  @ApiHeader({
    name: 'X-Lernito-Timestamp',
    required: false,
    description:
      '`t=<unix seconds>,v1=<hex HMAC-SHA256 of "<t>." and the raw body>`: the call is refused five minutes later.',
  })
  @ApiBody({ type: EnrolRequest })
  @ApiOkResponse({ type: EnrolResponse })
  async receive(@Signed() call: SignedCall): Promise<JsonObject> {
    return (await this.inbox.receive(call)).answer;
  }
}
