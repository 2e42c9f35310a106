import { Clock } from '../../src/common/clock';

/** Time stands still until it is moved. */
export class StandingClock extends Clock {
  private moment: number;

  constructor(start: Date) {
    super();
    this.moment = start.getTime();
  }

  now(): Date {
    return new Date(this.moment);
  }

  /** Forward only. */
  moveTo(moment: Date): void {
    this.moment = Math.max(this.moment, moment.getTime());
  }
}
