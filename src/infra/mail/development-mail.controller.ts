import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiQuery, ApiTags } from '@nestjs/swagger';
import { Public } from '../../common/access';
import { DevelopmentMailbox } from './development-mailbox';

class MailResponse {
  @ApiProperty({ example: 'ada@example.org' })
  to: string;

  @ApiProperty({ example: 'Confirm your e-mail address' })
  subject: string;

  @ApiProperty({ example: 'Follow this link: http://localhost:8000/…' })
  text: string;

  @ApiProperty({ example: '<p>Follow <a href="http://localhost:8000/…">this link</a></p>' })
  html: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  })
  headers?: Readonly<Record<string, string>>;
}

@ApiTags('Development')
@Controller('dev/mail')
export class DevelopmentMailController {
  constructor(private readonly mailbox: DevelopmentMailbox) {}

  @Get()
  @Public()
  @ApiOperation({
    summary: 'The mails that would have been sent, oldest first (only without SMTP, outside production)',
  })
  @ApiQuery({ name: 'to', required: false, description: 'Only mails to this address', example: 'ada@example.org' })
  @ApiOkResponse({ type: [MailResponse] })
  list(@Query('to') to?: string | string[]): Promise<MailResponse[]> {
    return this.mailbox.mails(addressOf(to));
  }
}

/** A `+` in an unescaped query arrives as a space, and no address here has one. */
function addressOf(to: string | string[] | undefined): string | undefined {
  return [to].flat()[0]?.trim().replaceAll(' ', '+') || undefined;
}
