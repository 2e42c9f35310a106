import { ApiProperty } from '@nestjs/swagger';
import { KINDS, MAIL_MODES, type MailMode, type NotificationKind } from '../../kind/notification-kind.rules';
import { QuietHours } from './preference.request';

export class KindPreferenceResponse {
  @ApiProperty({ enum: KINDS, example: 'like' })
  kind: NotificationKind;

  @ApiProperty({ example: true, description: 'In the list, and live.' })
  bell: boolean;

  @ApiProperty({ enum: MAIL_MODES, example: 'off' })
  mail: MailMode;

  @ApiProperty({ example: false, description: 'Nobody can switch it off.' })
  locked: boolean;
}

export class PreferencesResponse {
  @ApiProperty({ example: 'Asia/Kolkata', description: 'The one of your account.' })
  time_zone: string;

  @ApiProperty({ type: 'integer', example: 9, description: 'When the daily mail comes.' })
  digest_hour: number;

  @ApiProperty({ type: QuietHours, nullable: true, example: { from: 22, until: 7 } })
  quiet_hours: QuietHours | null;

  @ApiProperty({ type: [KindPreferenceResponse] })
  preferences: KindPreferenceResponse[];
}
