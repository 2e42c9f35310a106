import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { Role } from '../../common/access';
import { timestampColumn } from '../../infra/database/column-types';
import { rolesTransformer } from './roles';

/** One person: supporter, creator, learner and plugin user in one. */
@Entity('account')
@Index('uq_account_username_key', ['usernameKey'], { unique: true })
@Index('uq_account_email_key', ['emailKey'], { unique: true })
export class Account {
  @PrimaryGeneratedColumn({ type: 'bigint', primaryKeyConstraintName: 'pk_account' })
  id: number;

  /** As its owner writes it. */
  @Column({ type: 'varchar', length: 150 })
  username: string;

  /** `usernameKey(username)`: what makes it unique, and what it is found by. */
  @Column({ name: 'username_key', type: 'varchar', length: 150 })
  usernameKey: string;

  @Column({ type: 'varchar', length: 254 })
  email: string;

  /** `emailKey(email)`. */
  @Column({ name: 'email_key', type: 'varchar', length: 254 })
  emailKey: string;

  /** Null: nobody can sign in with a password until the mailbox is proven (R2) or a reset sets one. */
  @Column({ name: 'password_hash', type: 'varchar', length: 255, nullable: true })
  passwordHash: string | null;

  @Column({ name: 'first_name', type: 'varchar', length: 150, default: '' })
  firstName: string;

  @Column({ name: 'last_name', type: 'varchar', length: 150, default: '' })
  lastName: string;

  /** `YYYY-MM-DD`: a day on the calendar, in no time zone. */
  @Column({ name: 'birth_date', type: 'date', nullable: true })
  birthDate: string | null;

  @Column({ type: 'varchar', length: 2000, default: '' })
  bio: string;

  @Column({ name: 'profile_pic', type: 'varchar', length: 500, default: '' })
  profilePic: string;

  /** An IANA name. */
  @Column({ name: 'time_zone', type: 'varchar', length: 64, default: 'UTC' })
  timeZone: string;

  @Column({ name: 'is_creator', type: 'boolean', default: false })
  isCreator: boolean;

  @Column({ name: 'is_private', type: 'boolean', default: false })
  isPrivate: boolean;

  @Column({ type: 'varchar', length: 100, default: '', transformer: rolesTransformer })
  roles: Role[];

  @Column({ name: 'is_active', type: 'boolean', default: true })
  isActive: boolean;

  /** When the owner proved the mailbox. */
  @Column({ ...timestampColumn, name: 'email_verified_at', nullable: true })
  emailVerifiedAt: Date | null;

  @Column({ ...timestampColumn, name: 'last_login_at', nullable: true })
  lastLoginAt: Date | null;

  @Column({ ...timestampColumn, name: 'created_at' })
  createdAt: Date;

  @Column({ ...timestampColumn, name: 'updated_at' })
  updatedAt: Date;
}
