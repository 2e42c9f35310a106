import { Column, Entity, PrimaryColumn } from 'typeorm';
import { timestampColumn } from '../../infra/database/column-types';

/**
 * A mailbox with allowances that nobody has proven yet. Granting and claiming lock its row, so that an allowance is
 * either seen by the claim or not granted any more because the proof is seen.
 */
@Entity('enrolment_mailbox')
export class EnrolmentMailbox {
  @PrimaryColumn({ name: 'email_key', type: 'varchar', length: 254, primaryKeyConstraintName: 'pk_enrolment_mailbox' })
  emailKey: string;

  @Column({ ...timestampColumn, name: 'locked_at' })
  lockedAt: Date;
}
