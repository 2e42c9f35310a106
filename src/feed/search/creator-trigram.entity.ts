import { Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('creator_trigram')
@Index('ix_creator_trigram_account', ['accountId'])
export class CreatorTrigram {
  @PrimaryColumn({ type: 'varchar', length: 3, primaryKeyConstraintName: 'pk_creator_trigram' })
  trigram: string;

  @PrimaryColumn({ name: 'account_id', type: 'bigint', primaryKeyConstraintName: 'pk_creator_trigram' })
  accountId: number;
}
