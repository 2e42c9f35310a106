import { type ChangeFacts, type ChangeRecord, type ChangeState, changeAfter } from './change.state';

const UPDATE: ChangeRecord = { how: 'update', applies: 'cycle_end', tierId: 2, priceId: 20, paidBefore: 1 };
const CHECKOUT: ChangeRecord = { ...UPDATE, how: 'new_mandate' };
const OLD = { tierId: 1, isOver: false, endsAtCycle: false };
const MANDATE = { planKey: 'tier_price:10', paidCount: 1, isToTell: false, hasScheduledChanges: false };
const NEW = { status: 'created', isOver: false, isPaid: false };

describe('a change of the price', () => {
  it.each<[string, ChangeFacts, ChangeState]>([
    ['is open while the gateway is to be told', { old: OLD, mandate: { ...MANDATE, isToTell: true } }, 'open'],
    ['is open while it is scheduled', { old: OLD, mandate: { ...MANDATE, hasScheduledChanges: true } }, 'open'],
    ['is open until the new price is paid', { old: OLD, mandate: { ...MANDATE, planKey: 'tier_price:20' } }, 'open'],
    ['is done when the purchase is of the tier', { old: { ...OLD, tierId: 2 }, mandate: MANDATE }, 'done'],
    ['was refused where nothing comes', { old: OLD, mandate: MANDATE }, 'refused'],
    ['lapses with the purchase', { old: { ...OLD, isOver: true }, mandate: { ...MANDATE, isToTell: true } }, 'lapsed'],
    ['lapses when that is to end', { old: { ...OLD, endsAtCycle: true }, mandate: MANDATE }, 'lapsed'],
    ['lapses where nothing is charged', { old: OLD }, 'lapsed'],
  ])('%s', (_, facts, expected) => expect(changeAfter(UPDATE, facts)).toBe(expected));
});

describe('a change by a new authorisation', () => {
  const now = { ...CHECKOUT, applies: 'now' } as const;
  const authorised = { ...NEW, status: 'authenticated' };
  const renewed = { ...MANDATE, paidCount: 2 };
  it.each<[string, ChangeRecord, ChangeFacts, ChangeState]>([
    ['is open until then', CHECKOUT, { old: OLD, mandate: MANDATE, successor: NEW }, 'open'],
    ['is done with it', CHECKOUT, { old: OLD, mandate: MANDATE, successor: authorised }, 'done'],
    ['that begins now is open until it is paid', now, { old: OLD, mandate: MANDATE, successor: authorised }, 'open'],
    ['is done when it is paid', now, { old: OLD, successor: { ...NEW, status: 'active', isPaid: true } }, 'done'],
    ['is done also after another month', CHECKOUT, { old: OLD, mandate: renewed, successor: authorised }, 'done'],
    ['lapses with another month', CHECKOUT, { old: OLD, mandate: renewed, successor: NEW }, 'lapsed'],
    ['lapses with the old one', CHECKOUT, { old: { ...OLD, isOver: true }, successor: NEW }, 'lapsed'],
    ['lapses with its checkout', CHECKOUT, { old: OLD, successor: { ...NEW, isOver: true } }, 'lapsed'],
    ['takes one that is to end', CHECKOUT, { old: { ...OLD, endsAtCycle: true }, successor: NEW }, 'open'],
  ])('%s', (_, change, facts, expected) => expect(changeAfter(change, facts)).toBe(expected));
});
