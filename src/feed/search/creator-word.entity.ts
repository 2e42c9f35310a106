import { Entity, Index, PrimaryColumn } from 'typeorm';

@Entity('creator_word')
@Index('ix_creator_word_account', ['accountId'])
export class CreatorWord {
  @PrimaryColumn({ type: 'varchar', length: 150, primaryKeyConstraintName: 'pk_creator_word' })
  word: string;

  @PrimaryColumn({ name: 'account_id', type: 'bigint', primaryKeyConstraintName: 'pk_creator_word' })
  accountId: number;
}
