import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('creator_counter')
export class CreatorCounter {
  @PrimaryColumn({ name: 'account_id', type: 'bigint', primaryKeyConstraintName: 'pk_creator_counter' })
  accountId: number;

  @Column({ name: 'follower_count', type: 'integer', default: 0 })
  followerCount: number;

  @Column({ name: 'post_count', type: 'integer', default: 0 })
  postCount: number;
}
